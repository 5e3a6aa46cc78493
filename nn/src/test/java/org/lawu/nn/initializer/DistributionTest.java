package org.lawu.nn.initializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.distribution.AbstractRealDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/** Drawn weights against distributions of Commons Math, by Kolmogorov and Smirnov's test. */
class DistributionTest {
  /** Far below what chance brings about, and far above what a wrong distribution does. */
  private static final double SIGNIFICANCE = 1e-4;

  /** 40 outputs of 250 inputs. */
  private static final Shape WEIGHT = Shape.of(40, 25, 10);

  private static double likelihood(Initializer initializer, RealDistribution distribution) {
    double[] drawn = initializer.initialize(WEIGHT, new Philox(3)).toDoubleArray();
    return new KolmogorovSmirnovTest().kolmogorovSmirnovTest(distribution, drawn);
  }

  private static void follows(Initializer initializer, RealDistribution distribution) {
    assertThat(likelihood(initializer, distribution)).isGreaterThan(SIGNIFICANCE);
  }

  @Test
  void normalAndUniform() {
    follows(new Normal(1, 2), new NormalDistribution(1, 2));
    follows(new Uniform(-1, 3), new UniformRealDistribution(-1, 3));
    follows(new XavierNormal(), new NormalDistribution(0, Math.sqrt(2.0 / 650)));
    double bound = Math.sqrt(6.0 / 650);
    follows(new XavierUniform(), new UniformRealDistribution(-bound, bound));
    follows(new KaimingNormal(), new NormalDistribution(0, Math.sqrt(2.0 / 250)));
    bound = Math.sqrt(6.0 / 250);
    follows(new KaimingUniform(), new UniformRealDistribution(-bound, bound));
  }

  @Test
  void lecun() {
    follows(new LecunNormal(), new NormalDistribution(0, 1 / Math.sqrt(250)));
    double bound = Math.sqrt(3.0 / 250);
    follows(new LecunUniform(), new UniformRealDistribution(-bound, bound));
  }

  @Test
  void truncatedNormal() {
    follows(new TruncatedNormal(), truncated(0, 1));
    follows(new TruncatedNormal(1, 0.1), truncated(1, 0.1));
    double[] drawn = new TruncatedNormal(1, 0.1).initialize(WEIGHT, new Philox(1)).toDoubleArray();
    for (double x : drawn) {
      assertThat(x).isBetween(0.8 - 1e-6, 1.2 + 1e-6);
    }
    assertThat(new TruncatedNormal(2, 0).initialize(Shape.of(3), new Philox(1)))
        .isEqualTo(Tensor.of(2f, 2f, 2f));
  }

  @Test
  void otherDistributionsAreTold() {
    assertThat(likelihood(new TruncatedNormal(), new NormalDistribution(0, 1)))
        .isLessThan(SIGNIFICANCE);
    assertThat(likelihood(new LecunNormal(), new NormalDistribution(0, 1.1 / Math.sqrt(250))))
        .isLessThan(SIGNIFICANCE);
  }

  private static RealDistribution truncated(double mean, double deviation) {
    var whole = new NormalDistribution(mean, deviation);
    double tail = whole.cumulativeProbability(mean - 2 * deviation);
    return distribution(
        x -> Math.min(1, Math.max(0, (whole.cumulativeProbability(x) - tail) / (1 - 2 * tail))));
  }

  /** A distribution of which the test needs nothing but the cumulative probabilities. */
  private static RealDistribution distribution(DoubleUnaryOperator cumulative) {
    return new Cumulative(cumulative);
  }

  private static final class Cumulative extends AbstractRealDistribution {
    private static final long serialVersionUID = 1;
    private final transient DoubleUnaryOperator cumulative;

    @SuppressWarnings("NullAway") // There is nothing to sample with.
    Cumulative(DoubleUnaryOperator cumulative) {
      super(null);
      this.cumulative = cumulative;
    }

    @Override
    public double cumulativeProbability(double x) {
      return cumulative.applyAsDouble(x);
    }

    @Override
    public double density(double x) {
      throw new UnsupportedOperationException();
    }

    @Override
    public double getNumericalMean() {
      throw new UnsupportedOperationException();
    }

    @Override
    public double getNumericalVariance() {
      throw new UnsupportedOperationException();
    }

    @Override
    public double getSupportLowerBound() {
      return Double.NEGATIVE_INFINITY;
    }

    @Override
    public double getSupportUpperBound() {
      return Double.POSITIVE_INFINITY;
    }

    @Override
    public boolean isSupportLowerBoundInclusive() {
      return false;
    }

    @Override
    public boolean isSupportUpperBoundInclusive() {
      return false;
    }

    @Override
    public boolean isSupportConnected() {
      return true;
    }
  }

  @Test
  void orthogonal() {
    for (int[] sizes : new int[][] {{20, 30}, {30, 20}, {25, 25}, {8, 4, 3}, {1, 5}}) {
      Tensor drawn = new Orthogonal(2).initialize(Shape.of(sizes), new Philox(1));
      assertThat(drawn.shape()).isEqualTo(Shape.of(sizes));
      Tensor weight = drawn.to(DType.FLOAT64);
      int rows = sizes[0];
      int columns = weight.shape().elements() / rows;
      Tensor matrix = weight.reshape(rows, columns);
      int count = Math.min(rows, columns);
      Tensor products =
          rows <= columns
              ? matrix.matmul(matrix.transpose(0, 1))
              : matrix.transpose(0, 1).matmul(matrix);
      Tensor identity = Tensor.arange(count).oneHot(count).to(DType.FLOAT64);
      assertThat(products.allClose(identity.mul(4), 1e-6, 1e-6)).isTrue();
    }
  }

  @Test
  void orthogonalTurnsAlikeInAllDirections() {
    // The first element of a random unit vector with three elements is uniform in -1 to 1.
    var random = new Philox(5);
    double[] first = new double[2000];
    for (int i = 0; i < first.length; i++) {
      first[i] = new Orthogonal().initialize(Shape.of(3, 3), random).get(2, 1);
    }
    double likelihood =
        new KolmogorovSmirnovTest()
            .kolmogorovSmirnovTest(new UniformRealDistribution(-1, 1), first);
    assertThat(likelihood).isGreaterThan(SIGNIFICANCE);
  }

  @Test
  void refuseWhatMakesNoSense() {
    assertThatThrownBy(() -> new TruncatedNormal(0, -1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "truncatedNormal: needs a finite mean and a standard deviation of 0 or more, got 0.0 and"
                + " -1.0");
    assertThatThrownBy(() -> new Orthogonal(0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("orthogonal: the gain must be positive and finite, got 0.0");
    assertThatThrownBy(() -> new Orthogonal().initialize(Shape.of(3), new Philox(1)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("orthogonal: needs a weight of two or more axes");
    assertThatThrownBy(() -> new LecunNormal().initialize(Shape.of(3), new Philox(1)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("lecunNormal: needs a weight of two or more axes");
  }
}
