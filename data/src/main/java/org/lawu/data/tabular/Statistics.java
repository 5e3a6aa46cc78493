package org.lawu.data.tabular;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stands for all values of a column. */
final class Statistics {
  private Statistics() {}

  static double mean(double[] numbers) {
    var moments = new Moments();
    Arrays.stream(numbers).forEach(moments::add);
    return moments.mean();
  }

  static double median(double[] numbers) {
    return quantile(Arrays.stream(numbers).sorted().toArray(), 0.5);
  }

  static double mostFrequent(double[] numbers) {
    return mostFrequent(Arrays.stream(numbers).boxed());
  }

  /** The value that comes most often; of several, the first in order, as in scikit-learn. */
  static <T extends Comparable<T>> T mostFrequent(Stream<T> values) {
    Map<T, Long> counts =
        values.collect(
            Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    long most = counts.values().stream().max(Comparator.naturalOrder()).orElseThrow();
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() == most)
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  /** Between the two neighbours of the place {@code q (n - 1)}, as numpy does by default. */
  static double quantile(double[] sorted, double q) {
    double place = q * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
