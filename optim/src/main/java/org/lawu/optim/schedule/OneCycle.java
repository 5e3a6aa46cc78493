package org.lawu.optim.schedule;

import org.lawu.error.ArgumentException;

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
 * @param straight whether the rate follows straight lines instead of cosines; false by default
 * @param threePhases whether the rate falls back to the first as fast as it rose, and only then to
 *     the last; false by default
 */
public record OneCycle(
    double max,
    int steps,
    double warmupFraction,
    double div,
    double finalDiv,
    boolean straight,
    boolean threePhases)
    implements Schedule {

  /**
   * Checks the settings.
   *
   * @throws org.lawu.error.ArgumentException if the rate is negative or not finite, the fraction
   *     not in 0 to 1 or in three phases above a half, a divisor not positive, or the number of
   *     steps below 1
   */
  public OneCycle {
    Setting.rate("max", max);
    Setting.count("steps", steps);
    Setting.fraction("warmupFraction", warmupFraction);
    if (threePhases && warmupFraction > 0.5) {
      throw new ArgumentException(
          "warmupFraction: must be at most 0.5 in three phases, got " + warmupFraction);
    }
    Setting.positive("div", div);
    Setting.positive("finalDiv", finalDiv);
  }

  /** With PyTorch's defaults for all but the highest rate and the number of steps. */
  public OneCycle(double max, int steps) {
    this(max, steps, 0.3, 25, 1e4);
  }

  /** In two phases along cosines. */
  public OneCycle(double max, int steps, double warmupFraction, double div, double finalDiv) {
    this(max, steps, warmupFraction, div, finalDiv, false, false);
  }

  /** The same along straight lines; PyTorch's {@code anneal_strategy="linear"}. */
  public OneCycle alongStraightLines() {
    return new OneCycle(max, steps, warmupFraction, div, finalDiv, true, threePhases);
  }

  /** The same in three phases; PyTorch's {@code three_phase=True}. */
  public OneCycle inThreePhases() {
    return new OneCycle(max, steps, warmupFraction, div, finalDiv, straight, true);
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
    double back = 2 * peak;
    if (threePhases && step <= back) {
      return between(max, first, (step - peak) / (back - peak));
    }
    double start = threePhases ? back : peak;
    double top = threePhases ? first : max;
    return step < end
        ? between(top, last, (step - start) / (end - start))
        : end <= start ? top : last;
  }

  /** From {@code from} to {@code to} along a straight line or half a cosine wave. */
  private double between(double from, double to, double part) {
    if (straight) {
      return from + (to - from) * part;
    }
    return to + (from - to) / 2 * (1 + Math.cos(Math.PI * part));
  }
}
