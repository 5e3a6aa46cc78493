package org.lawu.optim.schedule;

/**
 * A straight rise, then a fall with the root of the step: {@code peak min(n / warmup, sqrt(warmup /
 * n))} with {@code n = t + 1}. Vaswani et al., "Attention is all you need" (2017), whose rate for
 * width {@code d} has the peak {@code 1 / sqrt(d warmup)}.
 *
 * @param peak the highest rate
 * @param warmup the number of the step, counted from 1, that has it
 */
public record InverseSquareRoot(double peak, int warmup) implements Schedule {

  /**
   * Checks the settings.
   *
   * @throws org.lawu.error.ArgumentException if the rate is negative or not finite, or the number
   *     of steps below 1
   */
  public InverseSquareRoot {
    Setting.rate("peak", peak);
    Setting.count("warmup", warmup);
  }

  @Override
  public double at(int step) {
    Setting.step(step);
    double number = step + 1.0;
    return peak * Math.min(number / warmup, Math.sqrt(warmup / number));
  }
}
