package org.lawu.optim.schedule;

/**
 * One rise and one fall, both along half a cosine wave: from {@code max / div} to {@code max} in
 * the first {@code warmupFraction} of the steps, then to {@code max / div / finalDiv} in the last
 * step, where it stays; PyTorch's {@code OneCycleLR}. Smith and Topin, "Super-convergence: very
 * fast training of neural networks using large learning rates" (2018).
 *
 * @param max the highest rate
 * @param steps of the whole cycle
 * @param warmupFraction the part of the steps in which the rate rises; 0.3 by default
 * @param div how many times smaller the first rate is; 25 by default
 * @param finalDiv how many times smaller than the first the last rate is; 10,000 by default
 */
public record OneCycle(double max, int steps, double warmupFraction, double div, double finalDiv)
    implements Schedule {

  /**
   * Checks the settings.
   *
   * @throws org.lawu.error.ArgumentException if the rate is negative or not finite, the fraction
   *     not in 0 to 1, a divisor not positive, or the number of steps below 1
   */
  public OneCycle {
    Setting.rate("max", max);
    Setting.count("steps", steps);
    Setting.fraction("warmupFraction", warmupFraction);
    Setting.positive("div", div);
    Setting.positive("finalDiv", finalDiv);
  }

  /** With PyTorch's defaults for all but the highest rate and the number of steps. */
  public OneCycle(double max, int steps) {
    this(max, steps, 0.3, 25, 1e4);
  }

  @Override
  public double at(int step) {
    Setting.step(step);
    double first = max / div;
    double last = first / finalDiv;
    double peak = warmupFraction * steps - 1;
    int end = steps - 1;
    if (step <= peak && peak > 0) {
      return between(first, max, step / peak);
    }
    return step < end ? between(max, last, (step - peak) / (end - peak)) : end <= peak ? max : last;
  }

  /** From {@code from} to {@code to} along half a cosine wave. */
  private static double between(double from, double to, double part) {
    return to + (from - to) / 2 * (1 + Math.cos(Math.PI * part));
  }
}
