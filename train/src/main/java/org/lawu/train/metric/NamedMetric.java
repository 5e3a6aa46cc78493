package org.lawu.train.metric;

/** A metric under another name. */
record NamedMetric(String name, Metric metric) implements Metric {

  @Override
  public Accumulator accumulator() {
    return metric.accumulator();
  }
}
