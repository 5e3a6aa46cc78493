package org.lawu.optim.schedule;

/**
 * Multiplied by gamma every so many steps: {@code base gamma^floor(t / every)}; PyTorch's {@code
 * StepLR}.
 *
 * @param base the first rate
 * @param every how many steps a rate lasts
 * @param gamma the factor, usually below 1
 */
public record StepDecay(double base, int every, double gamma) implements Schedule {

  /**
   * Checks the settings.
   *
   * @throws org.lawu.error.ArgumentException if a rate or factor is negative or not finite, or the
   *     number of steps below 1
   */
  public StepDecay {
    Setting.rate("base", base);
    Setting.count("every", every);
    Setting.rate("gamma", gamma);
  }

  @Override
  public double at(int step) {
    Setting.step(step);
    int passed = step / every;
    return base * Math.pow(gamma, passed);
  }
}
