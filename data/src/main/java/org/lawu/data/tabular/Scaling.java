package org.lawu.data.tabular;

import java.util.Arrays;

/** How a column of numbers is scaled: {@code (x - center) / scale}. */
enum Scaling {
  NONE,
  STANDARD,
  MIN_MAX,
  ROBUST;

  /**
   * What is learnt from a column.
   *
   * @param scale what is divided by; 1 where all numbers are equal
   */
  record Scale(double center, double scale) {}

  Scale learn(double[] numbers) {
    return switch (this) {
      case NONE -> new Scale(0, 1);
      case STANDARD -> {
        var moments = new Moments();
        Arrays.stream(numbers).forEach(moments::add);
        yield new Scale(moments.mean(), moments.scale());
      }
      case MIN_MAX -> between(numbers, 0, 0, 1);
      case ROBUST -> between(numbers, 0.5, 0.25, 0.75);
    };
  }

  private static Scale between(double[] numbers, double center, double low, double high) {
    double[] sorted = Arrays.stream(numbers).sorted().toArray();
    double scale = Statistics.quantile(sorted, high) - Statistics.quantile(sorted, low);
    return new Scale(Statistics.quantile(sorted, center), scale == 0 ? 1 : scale);
  }
}
