package org.lawu.data.tabular;

import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.FormatException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
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
      if (moments.count() == 0) {
        throw new ArgumentException(
            "standardScaler: column %d of %s holds no number; drop it"
                .formatted(column, features.shape()));
      }
      mean[column] = moments.mean();
      scale[column] = moments.scale();
    }
    return new StandardScaler(Tensor.of(mean), Tensor.of(scale));
  }

  /**
   * A scaler that was saved.
   *
   * @throws FormatException if the settings are not those of {@link #config}
   */
  public static StandardScaler of(Config config) {
    double[] mean = config.numbers("mean");
    double[] scale = config.numbers("scale");
    if (mean.length != scale.length) {
      throw new FormatException(
          "standardScaler: the saved settings have %d means but %d scales"
              .formatted(mean.length, scale.length));
    }
    return new StandardScaler(Tensor.of(mean), Tensor.of(scale));
  }

  /** All that is needed to make the same again, to the bit. */
  public Config config() {
    return Config.of("kind", "StandardScaler")
        .with("mean", mean.toDoubleArray())
        .with("scale", scale.toDoubleArray());
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
