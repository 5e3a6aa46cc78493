package org.lawu.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.loss.Loss;
import org.lawu.optim.Optimizer;

/** A training that is under way, as {@link Callback callbacks} see it. */
public final class Training {
  private final Layer model;
  private final Loss loss;
  private final Optimizer optimizer;
  private final Fit settings;
  private final Map<String, Object> described;
  private final long seed;
  private final int epochs;
  private final List<String> names;
  private final List<Map<String, Double>> past = new ArrayList<>();
  private Supplier<Map<String, Double>> values = Map::of;
  private int epoch;
  private int batches;
  private int steps;
  private @Nullable String stopped;
  private @Nullable Consumer<Checkpoint> awaiting;

  Training(Trainer trainer, Fit settings, long seed, int epochs, List<String> names) {
    this.model = trainer.model();
    this.loss = trainer.loss();
    this.optimizer = trainer.optimizer();
    this.settings = settings;
    this.described = new LinkedHashMap<>(trainer.described());
    described.putAll(settings.described());
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

  /** What {@link Trainer#described} and {@link Fit#described} tell. */
  public Map<String, Object> described() {
    return Collections.unmodifiableMap(described);
  }

  /** The seed of this training, from the settings or drawn. */
  public long seed() {
    return seed;
  }

  /** The present epoch, from 1 on; 0 before the first. */
  public int epoch() {
    return epoch;
  }

  /**
   * The number of epochs that are asked for; 0 where steps are, and a pipeline does not tell how
   * many an epoch has.
   */
  public int epochs() {
    return epochs;
  }

  /** The number of batches of the present epoch that have been used. */
  public int batches() {
    return batches;
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

  /**
   * Takes a checkpoint as soon as all callbacks have been told of a step or of the end of an epoch,
   * of the present one if called there, so that what each of them remembers goes together. Asked
   * for several times in between, the last one counts.
   *
   * @param use what to do with it, on the thread that trains
   */
  public void checkpoint(Consumer<Checkpoint> use) {
    awaiting = use;
  }

  // ---- for the trainer

  /** Goes on from a checkpoint's values. */
  void resume(Checkpoint checkpoint) {
    Config values = checkpoint.values();
    epoch = checkpoint.epoch();
    steps = checkpoint.steps();
    for (Config ended : values.configs("history")) {
      Map<String, Double> numbers = new LinkedHashMap<>();
      ended.names().forEach(name -> numbers.put(name, ended.number(name)));
      past.add(Collections.unmodifiableMap(numbers));
    }
    stopped = values.has("stopped") ? values.string("stopped") : null;
  }

  /** What {@link #resume} goes on from. */
  Config state() {
    Config values = Config.empty().with("epoch", epoch).with("steps", steps).with("seed", seed);
    List<Config> history = new ArrayList<>();
    for (Map<String, Double> ended : past) {
      Config numbers = Config.empty();
      for (var value : ended.entrySet()) {
        numbers = numbers.with(value.getKey(), value.getValue());
      }
      history.add(numbers);
    }
    values = values.withList("history", history);
    return stopped == null ? values : values.with("stopped", stopped);
  }

  /** Gives the checkpoint that was asked for, if one was. */
  void settle(Supplier<Checkpoint> checkpoint) {
    Consumer<Checkpoint> use = awaiting;
    if (use != null) {
      awaiting = null;
      use.accept(checkpoint.get());
    }
  }

  void startEpoch(int number) {
    epoch = number;
    batches = 0;
    values = Map::of;
  }

  /** The next batch of the epoch has been used. */
  void advance(Tally tally) {
    batches++;
    values = () -> Collections.unmodifiableMap(tally.values());
  }

  /** The present epoch goes on in its middle. */
  void goOn(int used, Tally tally) {
    batches = used;
    values = () -> Collections.unmodifiableMap(tally.values());
  }

  void stepped(int taken) {
    steps = taken;
  }

  void endEpoch(Map<String, Double> finished) {
    Map<String, Double> copy = Collections.unmodifiableMap(new LinkedHashMap<>(finished));
    values = () -> copy;
    past.add(copy);
  }
}
