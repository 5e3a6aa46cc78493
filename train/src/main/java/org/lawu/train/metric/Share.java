package org.lawu.train.metric;

/** The share of something among all that was counted. */
abstract class Share implements Metric.Accumulator {
  private long counted;
  private long hits;

  protected final void count(boolean hit) {
    counted++;
    hits += hit ? 1 : 0;
  }

  @Override
  public final double result() {
    return (double) hits / counted;
  }

  @Override
  public final double[] state() {
    return new double[] {counted, hits};
  }

  @Override
  public final void restore(double[] state) {
    counted = (long) state[0];
    hits = (long) state[1];
  }
}
