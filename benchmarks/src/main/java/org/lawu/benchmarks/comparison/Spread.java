package org.lawu.benchmarks.comparison;

import java.util.Arrays;
import java.util.List;

/** Median and extremes of some times. */
record Spread(double median, double least, double greatest) {

  /** Of at least one time. */
  static Spread of(List<Double> times) {
    if (times.isEmpty()) {
      throw new IllegalArgumentException("spread: there are no times");
    }
    double[] sorted = times.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }
}
