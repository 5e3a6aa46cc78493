package org.lawu.optim.schedule;

/**
 * Up and down in straight lines between two rates, over and over; PyTorch's {@code CyclicLR}. In
 * cycle {@code c}, counted from 0, the height {@code max - base} is multiplied by {@code
 * heightFactor^c}: 1 keeps it, 0.5 halves it each time (PyTorch's {@code triangular2}). In step
 * {@code t} it is multiplied by {@code stepFactor^t} as well (PyTorch's {@code exp_range}). Smith,
 * "Cyclical learning rates for training neural networks" (WACV 2017).
 *
 * @param base the lowest rate, with which each cycle begins
 * @param max the highest rate of the first cycle
 * @param stepsUp from the lowest to the highest; 2000 by default
 * @param stepsDown and back; as many by default
 * @param heightFactor what is left of the height after a cycle; 1 by default
 * @param stepFactor what is left of the height after a step; 1 by default
 */
public record Cyclical(
    double base, double max, int stepsUp, int stepsDown, double heightFactor, double stepFactor)
    implements Schedule {

  /**
   * Checks the settings.
   *
   * @throws org.lawu.error.ArgumentException if a rate is negative or not finite, a factor not in 0
   *     to 1, or a number of steps below 1
   */
  public Cyclical {
    Setting.rate("base", base);
    Setting.rate("max", max);
    Setting.count("stepsUp", stepsUp);
    Setting.count("stepsDown", stepsDown);
    Setting.fraction("heightFactor", heightFactor);
    Setting.fraction("stepFactor", stepFactor);
  }

  /** With a height that changes from cycle to cycle. */
  public Cyclical(double base, double max, int stepsUp, int stepsDown, double heightFactor) {
    this(base, max, stepsUp, stepsDown, heightFactor, 1);
  }

  /** The same with a height that shrinks from step to step. */
  public Cyclical stepFactor(double stepFactor) {
    return new Cyclical(base, max, stepsUp, stepsDown, heightFactor, stepFactor);
  }

  /** With as many steps up as down, always to the same height. */
  public Cyclical(double base, double max, int stepsUp) {
    this(base, max, stepsUp, stepsUp, 1);
  }

  /** With 2000 steps up and down, always to the same height. */
  public Cyclical(double base, double max) {
    this(base, max, 2000);
  }

  @Override
  public double at(int step) {
    Setting.step(step);
    long length = (long) stepsUp + stepsDown;
    int cycle = (int) (step / length);
    long place = step % length;
    double part =
        place <= stepsUp ? (double) place / stepsUp : (double) (length - place) / stepsDown;
    return base + (max - base) * part * Math.pow(heightFactor, cycle) * Math.pow(stepFactor, step);
  }
}
