package org.lawu.train.metric;

/** The mean of all that was counted; NaN if that is nothing. */
abstract class Mean implements Metric.Accumulator {
  private double sum;
  private long counted;

  protected final void count(double value) {
    sum += value;
    counted++;
  }

  @Override
  public double result() {
    return sum / counted;
  }

  @Override
  public final double[] state() {
    return new double[] {sum, counted};
  }

  @Override
  public final void restore(double[] state) {
    sum = state[0];
    counted = (long) state[1];
  }
}
