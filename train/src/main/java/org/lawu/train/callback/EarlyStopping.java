package org.lawu.train.callback;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.io.Config;
import org.lawu.train.Callback;
import org.lawu.train.Training;

/**
 * Ends a training when a value has not improved for some epochs, and gives the model the weights of
 * its best epoch back, buffers included; Keras' {@code EarlyStopping}.
 *
 * <pre>{@code
 * Fit.forEpochs(100)
 *     .validationSplit(0.1)
 *     .callbacks(new EarlyStopping("val_loss").patience(5));
 * }</pre>
 *
 * <p>The model has the best weights after the last epoch too where the training is not stopped.
 * With {@link org.lawu.train.Fit#average} the averages are set back with the weights. A value of
 * NaN is no improvement. One object serves one training at a time, and any number of them one after
 * another.
 */
public final class EarlyStopping implements Callback {
  private static final String NAME = "early stopping";

  private final Goal goal;
  private final int patience;
  private final double minimumDelta;
  private final boolean restore;

  private double best;
  private int bestEpoch;
  private int waited;
  private @Nullable Weights bestWeights;

  private EarlyStopping(Goal goal, int patience, double minimumDelta, boolean restore) {
    this.goal = goal;
    this.patience = patience;
    this.minimumDelta = minimumDelta;
    this.restore = restore;
  }

  /**
   * Watches a value, with a patience of 3 epochs.
   *
   * @param value its name in the history, such as {@code val_loss}, or {@code val_accuracy}; known
   *     losses and errors should fall and known scores rise, see {@link #minimize} for others
   */
  public EarlyStopping(String value) {
    this(new Goal(NAME, value, null), 3, 0, true);
  }

  /**
   * With another number of epochs that may pass without an improvement; 3 by default.
   *
   * @throws ArgumentException if it is below 1
   */
  public EarlyStopping patience(int epochs) {
    return new EarlyStopping(
        goal, Setting.atLeast(1, NAME, "the patience", epochs), minimumDelta, restore);
  }

  /**
   * Takes a value for an improvement only if it is better by more than this; 0 by default.
   *
   * @throws ArgumentException if it is negative or not finite
   */
  public EarlyStopping minimumDelta(double delta) {
    return new EarlyStopping(
        goal, patience, Setting.notNegative(NAME, "the minimum delta", delta), restore);
  }

  /** The value should fall. */
  public EarlyStopping minimize() {
    return new EarlyStopping(goal.rising(false), patience, minimumDelta, restore);
  }

  /** The value should rise. */
  public EarlyStopping maximize() {
    return new EarlyStopping(goal.rising(true), patience, minimumDelta, restore);
  }

  /** Leaves the model the weights of the last epoch, and keeps no others. */
  public EarlyStopping keepLastWeights() {
    return new EarlyStopping(goal, patience, minimumDelta, false);
  }

  /** The best epoch of the training, counted from 1; 0 before one. */
  public int bestEpoch() {
    return bestEpoch;
  }

  @Override
  public void started(Training training) {
    goal.check(training);
    best = goal.worst();
    bestEpoch = 0;
    waited = 0;
    bestWeights = null;
  }

  @Override
  public void epochEnded(Training training) {
    double value = goal.of(training);
    if (goal.isBetter(value, best, minimumDelta)) {
      best = value;
      bestEpoch = training.epoch();
      waited = 0;
      bestWeights = restore ? Weights.of(training) : null;
      return;
    }
    waited++;
    if (waited >= patience) {
      training.stop(
          "%s has not improved for %s%s"
              .formatted(
                  goal.value(),
                  waited == 1 ? "an epoch" : waited + " epochs",
                  bestEpoch == 0
                      ? ""
                      : String.format(
                          Locale.ROOT, "; the best was %.4g in epoch %d", best, bestEpoch)));
    }
  }

  @Override
  public void ended(Training training) {
    if (bestWeights != null) {
      bestWeights.restore(training);
    }
  }

  @Override
  public State state() {
    return new State(
        Config.empty().with("best", best).with("bestEpoch", bestEpoch).with("waited", waited),
        bestWeights == null ? Map.of() : bestWeights.tensors());
  }

  @Override
  public void restore(State state) {
    best = state.values().number("best");
    bestEpoch = state.values().integer("bestEpoch");
    waited = state.values().integer("waited");
    bestWeights = Weights.of(state.tensors());
  }

  /** Such as {@code EarlyStopping[val_loss falling, patience=3, minimumDelta=0.0]}. */
  @Override
  public String toString() {
    return "EarlyStopping[%s, patience=%d, minimumDelta=%s%s]"
        .formatted(goal, patience, minimumDelta, restore ? "" : ", last weights");
  }
}
