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
}
