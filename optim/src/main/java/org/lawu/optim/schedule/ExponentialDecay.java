package org.lawu.optim.schedule;

/**
 * Multiplied by gamma in every step: {@code base gamma^t}; PyTorch's {@code ExponentialLR}.
 *
 * @param base the first rate
 * @param gamma the factor, usually a little below 1
 */
public record ExponentialDecay(double base, double gamma) implements Schedule {

  /**
   * Checks the settings.
   *
   * @throws org.lawu.error.ArgumentException if one is negative or not finite
   */
  public ExponentialDecay {
    Setting.rate("base", base);
    Setting.rate("gamma", gamma);
  }

  @Override
  public double at(int step) {
    Setting.step(step);
    return base * Math.pow(gamma, step);
  }
}
