package org.lawu.optim.schedule;

/** Always the same rate. */
public record Constant(double rate) implements Schedule {

  /**
   * Always this rate.
   *
   * @throws org.lawu.error.ArgumentException if it is negative or not finite
   */
  public Constant {
    Setting.rate("rate", rate);
  }

  @Override
  public double at(int step) {
    Setting.step(step);
    return rate;
  }
}
