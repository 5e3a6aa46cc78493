package org.lawu.optim.schedule;

import java.util.Arrays;
import java.util.List;

/**
 * Multiplied by gamma at each milestone: {@code base gamma^n} with {@code n} milestones at or
 * before step {@code t}; PyTorch's {@code MultiStepLR}.
 *
 * @param base the first rate
 * @param gamma the factor, usually below 1
 * @param milestones steps, in any order; one that is there twice counts twice
 */
public record MultiStep(double base, double gamma, List<Integer> milestones) implements Schedule {

  /**
   * Checks the settings.
   *
   * @throws org.lawu.error.ArgumentException if the rate or factor is negative or not finite, or a
   *     milestone negative
   */
  public MultiStep {
    Setting.rate("base", base);
    Setting.rate("gamma", gamma);
    milestones = List.copyOf(milestones);
    milestones.forEach(Setting::step);
  }

  /** With milestones one after another: {@code new MultiStep(0.1, 0.5, 30, 60, 90)}. */
  public MultiStep(double base, double gamma, int... milestones) {
    this(base, gamma, Arrays.stream(milestones).boxed().toList());
  }

  @Override
  public double at(int step) {
    Setting.step(step);
    long passed = milestones.stream().filter(milestone -> milestone <= step).count();
    return base * Math.pow(gamma, (double) passed);
  }
}
