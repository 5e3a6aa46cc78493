package org.lawu.data.tabular;

/**
 * Mean and variance of numbers that come one after another, by the update of B. P. Welford, "Note
 * on a method for calculating corrected sums of squares and products", 1962.
 */
final class Moments {
  private long count;
  private double mean;
  private double squares;

  void add(double x) {
    count++;
    double distance = x - mean;
    mean += distance / count;
    squares += distance * (x - mean);
  }

  long count() {
    return count;
  }

  double mean() {
    return mean;
  }

  /** The standard deviation, whose variance is divided by the count; 1 for a constant. */
  double scale() {
    return isConstant() ? 1 : Math.sqrt(squares / count);
  }

  /**
   * Whether the variance is no more than rounding makes of equal numbers; scikit-learn's bound:
   * {@code n eps variance + (n mean eps)^2}.
   */
  private boolean isConstant() {
    double variance = squares / count;
    double epsilon = Math.ulp(1.0);
    double rounding = count * mean * epsilon;
    return variance <= count * epsilon * variance + rounding * rounding;
  }
}
