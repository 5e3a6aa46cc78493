package org.lawu.optim.schedule;

/**
 * Rises in a straight line from a part of the base to the base, and stays there: {@code base (f +
 * (1 - f) min(t / steps, 1))}; PyTorch's {@code LinearLR}.
 *
 * @param base the last rate
 * @param steps after how many steps it is reached
 * @param startFactor the part with which it starts; 1/3 by default, as in PyTorch
 */
public record LinearWarmup(double base, int steps, double startFactor) implements Schedule {

  /**
   * Checks the settings.
   *
   * @throws org.lawu.error.ArgumentException if the rate is negative or not finite, the factor not
   *     in 0 to 1, or the number of steps below 1
   */
  public LinearWarmup {
    Setting.rate("base", base);
    Setting.count("steps", steps);
    Setting.fraction("startFactor", startFactor);
  }

  /** From a third. */
  public LinearWarmup(double base, int steps) {
    this(base, steps, 1.0 / 3);
  }

  @Override
  public double at(int step) {
    Setting.step(step);
    double part = Math.min((double) step / steps, 1);
    return base * (startFactor + (1 - startFactor) * part);
  }
}
