package org.lawu.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lawu.nn.Layer;
import org.lawu.nn.loss.Loss;
import org.lawu.optim.Optimizer;

/** A training that is under way, as {@link Callback callbacks} see it. */
public final class Training {
  private final Layer model;
  private final Loss loss;
  private final Optimizer optimizer;
  private final Fit settings;
  private final long seed;
  private final int epochs;
  private final List<String> names;
  private final List<Map<String, Double>> past = new ArrayList<>();
  private Supplier<Map<String, Double>> values = Map::of;
  private int epoch;
  private int steps;
  private @Nullable String stopped;

  Training(
      Layer model,
      Loss loss,
      Optimizer optimizer,
      Fit settings,
      long seed,
      int epochs,
      List<String> names) {
    this.model = model;
    this.loss = loss;
    this.optimizer = optimizer;
    this.settings = settings;
    this.seed = seed;
    this.epochs = epochs;
    this.names = names;
  }

  /** The model that is trained. */
  public Layer model() {
    return model;
  }

  /** The loss that is made small. */
  public Loss loss() {
    return loss;
  }

  /** What changes the model. */
  public Optimizer optimizer() {
    return optimizer;
  }

  /** How it is trained. */
  public Fit settings() {
    return settings;
  }

  /** The seed of this training, from the settings or drawn. */
  public long seed() {
    return seed;
  }

  /** The present epoch, from 1 on; 0 before the first. */
  public int epoch() {
    return epoch;
  }

  /** The number of epochs that are asked for. */
  public int epochs() {
    return epochs;
  }

  /** The number of steps that the optimizer has taken in this training. */
  public int steps() {
    return steps;
  }

  /**
   * The names of all {@link #values} of an epoch when it has ended, in their order; known from the
   * start.
   */
  public List<String> names() {
    return names;
  }

  /**
   * The loss and the metrics of the present epoch by name: over its batches so far, and when it has
   * ended all that {@link History} will hold of it.
   */
  public Map<String, Double> values() {
    return values.get();
  }

  /** The epochs that have ended. */
  public History history() {
    return new History(seed, past);
  }

  /**
   * Ends the training with the present epoch, which is completed.
   *
   * @param reason for the user, such as {@code val_loss has not improved for 3 epochs}
   */
  public void stop(String reason) {
    stopped = reason;
  }

  /** Why the training was stopped; null if it was not. */
  public @Nullable String stopReason() {
    return stopped;
  }

  // ---- for the trainer

  void startEpoch(int number) {
    epoch = number;
    values = Map::of;
  }

  void stepped(int taken, Tally tally) {
    steps = taken;
    values = () -> Collections.unmodifiableMap(tally.values());
  }

  void endEpoch(Map<String, Double> finished) {
    Map<String, Double> copy = Collections.unmodifiableMap(new LinkedHashMap<>(finished));
    values = () -> copy;
    past.add(copy);
  }
}
