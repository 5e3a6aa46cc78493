package org.lawu.data;

import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Tensor;

/**
 * Brings each column to mean 0 and standard deviation 1: {@code z = (x - mean) / scale}, as
 * scikit-learn's {@code StandardScaler} does. The variance is divided by {@code n}; a column that
 * is constant has scale 1; NaN stands for a missing value, is left out of the statistics and stays
 * NaN. Immutable: an object of this class has always been fitted.
 *
 * <pre>{@code
 * var scaler = StandardScaler.fit(split.train().features());
 * Dataset train = split.train().mapFeatures(scaler::transform);
 * Dataset test = split.test().mapFeatures(scaler::transform);
 * }</pre>
 */
public final class StandardScaler {
  private final Tensor mean;
  private final Tensor scale;

  private StandardScaler(Tensor mean, Tensor scale) {
    this.mean = mean;
    this.scale = scale;
  }

  /**
   * Learns mean and standard deviation of each column, in double precision.
   *
   * @param features FLOAT32 or FLOAT64 {@code [n, columns]}
   * @throws ShapeException if it is not a matrix
   * @throws DTypeException if it is not of a floating type
   * @throws ArgumentException if an element is infinite or a column holds no number
   */
  public static StandardScaler fit(Tensor features) {
    if (features.rank() != 2) {
      throw new ShapeException(
          "standardScaler: features must be [n, columns], got %s; use flatten(1)"
              .formatted(features.shape()));
    }
    requireFloating(features);
    int columns = features.size(1);
    double[] elements = features.toDoubleArray();
    double[] mean = new double[columns];
    double[] scale = new double[columns];
    for (int column = 0; column < columns; column++) {
      var moments = new Moments();
      for (int i = column; i < elements.length; i += columns) {
        if (Double.isInfinite(elements[i])) {
          throw new ArgumentException(
              "standardScaler: row %d of column %d is infinite; remove it or replace it by NaN"
                  .formatted(i / columns, column));
        }
        if (!Double.isNaN(elements[i])) {
          moments.add(elements[i]);
        }
      }
      if (moments.count == 0) {
        throw new ArgumentException(
            "standardScaler: column %d of %s holds no number; drop it"
                .formatted(column, features.shape()));
      }
      mean[column] = moments.mean;
      scale[column] = moments.isConstant() ? 1 : Math.sqrt(moments.variance());
    }
    return new StandardScaler(Tensor.of(mean), Tensor.of(scale));
  }

  /**
   * Mean and variance of numbers that come one after another, by the update of B. P. Welford, "Note
   * on a method for calculating corrected sums of squares and products", 1962.
   */
  private static final class Moments {
    private long count;
    private double mean;
    private double squares;

    void add(double x) {
      count++;
      double distance = x - mean;
      mean += distance / count;
      squares += distance * (x - mean);
    }

    double variance() {
      return squares / count;
    }

    /**
     * Whether the variance is no more than rounding makes of equal numbers; scikit-learn's bound:
     * {@code n eps variance + (n mean eps)^2}.
     */
    boolean isConstant() {
      double epsilon = Math.ulp(1.0);
      double rounding = count * mean * epsilon;
      return variance() <= count * epsilon * variance() + rounding * rounding;
    }
  }

  /** The mean of each column, FLOAT64 {@code [columns]}. */
  public Tensor mean() {
    return mean;
  }

  /** What each column is divided by, FLOAT64 {@code [columns]}. */
  public Tensor scale() {
    return scale;
  }

  /**
   * {@code (x - mean) / scale}, in the type of {@code x}.
   *
   * @param features FLOAT32 or FLOAT64 {@code [..., columns]}
   * @throws ShapeException if the last size is not the number of columns
   * @throws DTypeException if it is not of a floating type
   */
  public Tensor transform(Tensor features) {
    check(features);
    return features.sub(mean.to(features.dtype())).div(scale.to(features.dtype()));
  }

  /**
   * {@code z scale + mean}, which undoes {@link #transform}, in the type of {@code z}.
   *
   * @param scaled FLOAT32 or FLOAT64 {@code [..., columns]}
   * @throws ShapeException if the last size is not the number of columns
   * @throws DTypeException if it is not of a floating type
   */
  public Tensor inverse(Tensor scaled) {
    check(scaled);
    return scaled.mul(scale.to(scaled.dtype())).add(mean.to(scaled.dtype()));
  }

  private void check(Tensor features) {
    if (features.rank() == 0 || features.size(-1) != mean.size(0)) {
      throw new ShapeException(
          "standardScaler: was fitted to %d columns, got %s; the last axis must be the columns"
              .formatted(mean.size(0), features.shape()));
    }
    requireFloating(features);
  }

  private static void requireFloating(Tensor features) {
    if (!features.dtype().isFloating()) {
      throw new DTypeException(
          "standardScaler: needs FLOAT32 or FLOAT64, got %s %s; convert with .to(DType.FLOAT32)"
              .formatted(features.dtype(), features.shape()));
    }
  }
}
