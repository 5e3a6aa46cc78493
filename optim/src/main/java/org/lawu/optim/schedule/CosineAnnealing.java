package org.lawu.optim.schedule;

/**
 * Falls to a minimum along half a cosine wave: {@code minimum + (base - minimum) (1 + cos(pi t /
 * steps)) / 2}; PyTorch's {@code CosineAnnealingLR}. As there, the wave goes on after its minimum,
 * back up to the base; {@code .then(steps, new Constant(minimum))} stays below.
 *
 * <p>{@link #restarts} jumps back to the base instead: Loshchilov and Hutter, "SGDR: stochastic
 * gradient descent with warm restarts" (ICLR 2017).
 *
 * @param base the first rate
 * @param steps after how many steps the minimum is reached
 * @param minimum the lowest rate; 0 by default
 */
public record CosineAnnealing(double base, int steps, double minimum) implements Schedule {

  /**
   * Checks the settings.
   *
   * @throws org.lawu.error.ArgumentException if a rate is negative or not finite, or the number of
   *     steps below 1
   */
  public CosineAnnealing {
    Setting.rate("base", base);
    Setting.count("steps", steps);
    Setting.rate("minimum", minimum);
  }

  /** Down to 0. */
  public CosineAnnealing(double base, int steps) {
    this(base, steps, 0);
  }

  /**
   * Starts again from the base whenever the minimum is reached, each time for {@code factor} times
   * as many steps; PyTorch's {@code CosineAnnealingWarmRestarts}.
   *
   * @throws org.lawu.error.ArgumentException if the factor is below 1
   */
  public Schedule restarts(int factor) {
    Setting.count("factor", factor);
    return step -> {
      Setting.step(step);
      long start = 0;
      long length = steps;
      while (step >= start + length) {
        if (factor == 1) {
          return fallen((double) (step % steps) / steps);
        }
        start += length;
        length *= factor;
      }
      return fallen((double) (step - start) / (double) length);
    };
  }

  @Override
  public double at(int step) {
    Setting.step(step);
    return fallen((double) step / steps);
  }

  private double fallen(double part) {
    return minimum + (base - minimum) * (1 + Math.cos(Math.PI * part)) / 2;
  }
}
