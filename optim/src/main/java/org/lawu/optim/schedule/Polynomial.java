package org.lawu.optim.schedule;

/**
 * Falls to a minimum along a power of the steps that are left, and stays there: {@code minimum +
 * (base - minimum) (1 - t / steps)^power}; PyTorch's {@code PolynomialLR}, where the minimum is 0.
 *
 * @param base the first rate
 * @param steps after how many steps the minimum is reached
 * @param power 1 for a straight line
 * @param minimum the last rate; 0 by default
 */
public record Polynomial(double base, int steps, double power, double minimum) implements Schedule {

  /**
   * Checks the settings.
   *
   * @throws org.lawu.error.ArgumentException if a rate is negative or not finite, the power not
   *     positive or the number of steps below 1
   */
  public Polynomial {
    Setting.rate("base", base);
    Setting.count("steps", steps);
    Setting.positive("power", power);
    Setting.rate("minimum", minimum);
  }

  /** Down to 0. */
  public Polynomial(double base, int steps, double power) {
    this(base, steps, power, 0);
  }

  @Override
  public double at(int step) {
    Setting.step(step);
    double left = 1 - (double) Math.min(step, steps) / steps;
    return minimum + (base - minimum) * Math.pow(left, power);
  }
}
