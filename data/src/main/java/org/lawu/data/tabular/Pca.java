package org.lawu.data.tabular;

import java.util.Arrays;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.FormatException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/**
 * Principal components: the few directions along which features vary most, and the coordinates of
 * records in them (K. Pearson, "On lines and planes of closest fit to systems of points in space",
 * 1901); scikit-learn's {@code PCA}. The directions are the eigenvectors of the covariance matrix,
 * which is divided by n - 1; the sign of each is such that its element with the largest magnitude
 * is positive. Immutable.
 *
 * <pre>{@code
 * Pca pca = Pca.fit(train.features(), 2);
 * Tensor coordinates = pca.transform(test.features()); // [n, 2]
 * pca.explainedVarianceRatio();                        // [0.7, 0.2]
 * }</pre>
 *
 * <p>Fitting needs Apache Commons Math, the Maven artifact {@code
 * org.apache.commons:commons-math3:3.6.1}, which this library does not bring along; all else works
 * without it. Features of different units should be scaled first.
 */
public final class Pca {
  private static final String KIND = "Pca";

  private final Tensor mean;
  private final Tensor components;
  private final Tensor explainedVariance;
  private final double totalVariance;

  private Pca(Tensor mean, Tensor components, Tensor explainedVariance, double totalVariance) {
    this.mean = mean;
    this.components = components;
    this.explainedVariance = explainedVariance;
    this.totalVariance = totalVariance;
  }

  /**
   * Learns the components of features, in double precision.
   *
   * @param features FLOAT32 or FLOAT64 {@code [n, columns]}, n at least 2
   * @param components how many to keep, 1 to the smaller of n and the number of columns
   * @throws ShapeException if it is not a matrix
   * @throws DTypeException if it is not of a floating type
   * @throws ArgumentException if an element is not finite, there are too few records, there are not
   *     so many components, or Apache Commons Math is missing
   */
  public static Pca fit(Tensor features, int components) {
    if (features.rank() != 2) {
      throw new ShapeException(
          "pca: features must be [n, columns], got %s; use flatten(1)".formatted(features.shape()));
    }
    requireFloating(features);
    int records = features.size(0);
    int columns = features.size(1);
    if (records < 2) {
      throw new ArgumentException("pca: needs at least 2 records, got " + records);
    }
    if (components < 1 || components > Math.min(records, columns)) {
      throw new ArgumentException(
          "pca: of features %s there are 1 to %d components, got %d"
              .formatted(features.shape(), Math.min(records, columns), components));
    }
    double[] elements = features.toDoubleArray();
    for (int i = 0; i < elements.length; i++) {
      if (!Double.isFinite(elements[i])) {
        throw new ArgumentException(
            "pca: row %d of column %d is %s; impute it first"
                .formatted(i / columns, i % columns, elements[i]));
      }
    }

    Tensor x = features.detach().to(DType.FLOAT64);
    Tensor mean = x.mean(0);
    Tensor centered = x.sub(mean);
    Tensor covariance = centered.transpose(0, 1).matmul(centered).div(records - 1.0);
    var eigen = decompose(covariance, columns);
    double[] directions = new double[components * columns];
    double[] variances = new double[components];
    for (int i = 0; i < components; i++) {
      double[] direction = withPositiveLargest(eigen.vector(i));
      System.arraycopy(direction, 0, directions, i * columns, columns);
      variances[i] = eigen.value(i);
    }
    double total = 0;
    for (int i = 0; i < columns; i++) {
      total += covariance.get(i, i);
    }
    return new Pca(mean, Tensor.of(directions, components, columns), Tensor.of(variances), total);
  }

  private static SymmetricEigen decompose(Tensor covariance, int columns) {
    try {
      return SymmetricEigen.of(covariance.toDoubleArray(), columns);
    } catch (NoClassDefFoundError e) {
      throw new ArgumentException(
          "pca: Apache Commons Math is missing; add the dependency"
              + " org.apache.commons:commons-math3:3.6.1, and on the module path the option"
              + " --add-modules commons.math3");
    }
  }

  private static double[] withPositiveLargest(double[] direction) {
    int largest = 0;
    for (int i = 1; i < direction.length; i++) {
      if (Math.abs(direction[i]) > Math.abs(direction[largest])) {
        largest = i;
      }
    }
    double sign = direction[largest] < 0 ? -1 : 1;
    return Arrays.stream(direction).map(x -> sign * x).toArray();
  }

  /**
   * What was saved by its {@link #config}.
   *
   * @throws FormatException if the settings are of another kind or damaged
   */
  public static Pca of(Config config) {
    double[] mean = config.numbers("mean");
    double[] components = config.numbers("components");
    double[] variance = config.numbers("explainedVariance");
    if (!config.string("kind").equals(KIND)
        || variance.length == 0
        || components.length != (long) mean.length * variance.length) {
      throw new FormatException(
          "pca: the saved settings do not fit together: kind %s, %d means, %d variances, %d elements"
              .formatted(config.string("kind"), mean.length, variance.length, components.length));
    }
    return new Pca(
        Tensor.of(mean),
        Tensor.of(components, variance.length, mean.length),
        Tensor.of(variance),
        config.number("totalVariance"));
  }

  /** All that is needed to make the same again, to the bit. */
  public Config config() {
    return Config.of("kind", KIND)
        .with("mean", mean.toDoubleArray())
        .with("components", components.toDoubleArray())
        .with("explainedVariance", explainedVariance.toDoubleArray())
        .with("totalVariance", totalVariance);
  }

  /** The number of features it was fitted to. */
  public int features() {
    return mean.size(0);
  }

  /** The mean of each feature, FLOAT64 {@code [columns]}. */
  public Tensor mean() {
    return mean;
  }

  /** The directions, orthonormal, by falling variance: FLOAT64 {@code [components, columns]}. */
  public Tensor components() {
    return components;
  }

  /** The variance along each component, divided by n - 1: FLOAT64 {@code [components]}. */
  public Tensor explainedVariance() {
    return explainedVariance;
  }

  /** The share of the whole variance that each component has: FLOAT64 {@code [components]}. */
  public Tensor explainedVarianceRatio() {
    return explainedVariance.div(totalVariance > 0 ? totalVariance : 1);
  }

  /**
   * The coordinates {@code (x - mean) components^T}, in the type of x.
   *
   * @param features FLOAT32 or FLOAT64 {@code [..., columns]}
   * @return {@code [..., components]}
   * @throws ShapeException if the last size is not the number of columns
   * @throws DTypeException if it is not of a floating type
   */
  public Tensor transform(Tensor features) {
    check(features, features(), "features");
    return features
        .to(DType.FLOAT64)
        .sub(mean)
        .matmul(components.transpose(0, 1))
        .to(features.dtype());
  }

  /**
   * The features {@code z components + mean} nearest to those that had the coordinates z, in the
   * type of z; exactly those where all components are kept.
   *
   * @param coordinates FLOAT32 or FLOAT64 {@code [..., components]}
   * @return {@code [..., columns]}
   * @throws ShapeException if the last size is not the number of components
   * @throws DTypeException if it is not of a floating type
   */
  public Tensor inverse(Tensor coordinates) {
    check(coordinates, components.size(0), "components");
    return coordinates.to(DType.FLOAT64).matmul(components).add(mean).to(coordinates.dtype());
  }

  private static void check(Tensor x, int size, String what) {
    if (x.rank() == 0 || x.size(-1) != size) {
      throw new ShapeException(
          "pca: there are %d %s, got %s; they must be the last axis"
              .formatted(size, what, x.shape()));
    }
    requireFloating(x);
  }

  private static void requireFloating(Tensor x) {
    if (!x.dtype().isFloating()) {
      throw new DTypeException(
          "pca: needs FLOAT32 or FLOAT64, got %s %s; convert with .to(DType.FLOAT32)"
              .formatted(x.dtype(), x.shape()));
    }
  }
}
