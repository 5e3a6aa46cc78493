package org.lawu.train.callback;

import org.lawu.error.ArgumentException;
import org.lawu.io.Config;
import org.lawu.optim.Optimizer;
import org.lawu.train.Callback;
import org.lawu.train.Training;

/**
 * Multiplies the learning rate by a factor when a value has not improved for some epochs; Keras'
 * {@code ReduceLROnPlateau}.
 *
 * <pre>{@code
 * Fit.forEpochs(100)
 *     .validationSplit(0.1)
 *     .callbacks(new ReduceOnPlateau("val_loss").factor(0.5).patience(3));
 * }</pre>
 *
 * <p>It sets the rate of the optimizer, and so does not go with {@link
 * org.lawu.train.Fit#schedule}. A value of NaN is no improvement. One object serves one training at
 * a time, and any number of them one after another.
 */
public final class ReduceOnPlateau implements Callback {
  private static final String NAME = "reduce on plateau";

  private final Goal goal;
  private final double factor;
  private final int patience;
  private final double minimumDelta;
  private final int cooldown;
  private final double minimum;

  private double best;
  private int waited;
  private int cooling;

  private ReduceOnPlateau(
      Goal goal, double factor, int patience, double minimumDelta, int cooldown, double minimum) {
    this.goal = goal;
    this.factor = factor;
    this.patience = patience;
    this.minimumDelta = minimumDelta;
    this.cooldown = cooldown;
    this.minimum = minimum;
  }

  /**
   * Watches a value, with a factor of 0.1 and a patience of 10 epochs.
   *
   * @param value its name in the history, such as {@code val_loss}; known losses and errors should
   *     fall and known scores rise, see {@link #minimize} for others
   */
  public ReduceOnPlateau(String value) {
    this(new Goal(NAME, value, null), 0.1, 10, 1e-4, 0, 0);
  }

  /**
   * With another factor; 0.1 by default.
   *
   * @throws ArgumentException if it is not between 0 and 1, both excluded
   */
  public ReduceOnPlateau factor(double factor) {
    if (!(factor > 0 && factor < 1)) {
      throw new ArgumentException(
          "%s: the factor must be between 0 and 1, got %s".formatted(NAME, factor));
    }
    return new ReduceOnPlateau(goal, factor, patience, minimumDelta, cooldown, minimum);
  }

  /**
   * With another number of epochs in a row without an improvement after which the rate is reduced;
   * 10 by default.
   *
   * @throws ArgumentException if it is below 1
   */
  public ReduceOnPlateau patience(int epochs) {
    int checked = Setting.atLeast(1, NAME, "the patience", epochs);
    return new ReduceOnPlateau(goal, factor, checked, minimumDelta, cooldown, minimum);
  }

  /**
   * Takes a value for an improvement only if it is better by more than this; 1e-4 by default.
   *
   * @throws ArgumentException if it is negative or not finite
   */
  public ReduceOnPlateau minimumDelta(double delta) {
    double checked = Setting.notNegative(NAME, "the minimum delta", delta);
    return new ReduceOnPlateau(goal, factor, patience, checked, cooldown, minimum);
  }

  /**
   * Waits some epochs after a reduction before those without an improvement count again; 0 by
   * default.
   *
   * @throws ArgumentException if it is negative
   */
  public ReduceOnPlateau cooldown(int epochs) {
    int checked = Setting.atLeast(0, NAME, "the cooldown", epochs);
    return new ReduceOnPlateau(goal, factor, patience, minimumDelta, checked, minimum);
  }

  /**
   * Reduces the rate no further than this; 0 by default.
   *
   * @throws ArgumentException if it is negative or not finite
   */
  public ReduceOnPlateau minimum(double rate) {
    double checked = Setting.notNegative(NAME, "the minimum", rate);
    return new ReduceOnPlateau(goal, factor, patience, minimumDelta, cooldown, checked);
  }

  /** The value should fall. */
  public ReduceOnPlateau minimize() {
    return new ReduceOnPlateau(
        goal.rising(false), factor, patience, minimumDelta, cooldown, minimum);
  }

  /** The value should rise. */
  public ReduceOnPlateau maximize() {
    return new ReduceOnPlateau(
        goal.rising(true), factor, patience, minimumDelta, cooldown, minimum);
  }

  @Override
  public void started(Training training) {
    goal.check(training);
    if (training.settings().schedule() != null) {
      throw new ArgumentException(
          NAME
              + ": the settings have a schedule, which sets the learning rate of every step; use one"
              + " of the two");
    }
    best = goal.worst();
    waited = 0;
    cooling = 0;
  }

  @Override
  public void epochEnded(Training training) {
    double value = goal.of(training);
    boolean better = goal.isBetter(value, best, minimumDelta);
    if (better) {
      best = value;
    }
    if (cooling > 0) {
      cooling--;
      waited = 0;
    } else {
      waited = better ? 0 : waited + 1;
    }
    if (waited >= patience) {
      Optimizer optimizer = training.optimizer();
      double rate = optimizer.learningRate();
      optimizer.learningRate(Math.min(rate, Math.max(rate * factor, minimum)));
      waited = 0;
      cooling = cooldown;
    }
  }

  @Override
  public State state() {
    return new State(
        Config.empty().with("best", best).with("waited", waited).with("cooling", cooling));
  }

  @Override
  public void restore(State state) {
    best = state.values().number("best");
    waited = state.values().integer("waited");
    cooling = state.values().integer("cooling");
  }

  /** Such as {@code ReduceOnPlateau[val_loss falling, factor=0.1, patience=10, ...]}. */
  @Override
  public String toString() {
    return "ReduceOnPlateau[%s, factor=%s, patience=%d, minimumDelta=%s, cooldown=%d, minimum=%s]"
        .formatted(goal, factor, patience, minimumDelta, cooldown, minimum);
  }
}
