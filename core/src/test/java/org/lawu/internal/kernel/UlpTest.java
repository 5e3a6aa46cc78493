package org.lawu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lawu.tensor.Tensor;

/**
 * The largest error of the elementwise functions in units in the last place, a unit being the
 * distance of the two floats around the exact result. The suite tries one of some two thousand of
 * all floats; {@code -Dlawu.ulp.step=1} tries every one, which takes minutes, and any step prints
 * what was measured.
 *
 * <p>Where the exact result is below {@link Float#MIN_NORMAL} (or a little above in a tail that is
 * a product), an error of that size is allowed, since vector kernels return 0 there.
 */
class UlpTest {

  private static final String STEP = "lawu.ulp.step";

  /** Odd, so that all digits occur. */
  private static final long STEP_OF_THE_SUITE = 2003;

  private static final int BLOCK = 1 << 14;

  /** What {@code docs/kernels.md} promises. */
  private static double bound(UnaryFunction function, String name) {
    boolean vector = name.startsWith("vector");
    return switch (function) {
      case EXP, LOG, TANH, SIGMOID -> vector ? 2.01 : 0.55;
      case SOFTPLUS -> vector ? 5 : 1.5;
      case SILU -> vector ? 4 : 0.55;
      case GELU -> name.equals("vector-512") ? 5 : vector ? 9 : 1.5;
      // The rounding error of an exponent of up to 87 in the tail.
      case GELU_TANH -> vector ? 200 : 0.55;
      default -> 0.5;
    };
  }

  /** Results closer to 0 may be 0, and vary by so much. */
  private static double least(UnaryFunction function, float x, boolean vector) {
    return switch (function) {
      case GELU -> vector && x < -6 ? 6e-9 : 1.1e-36;
      case SILU, GELU_TANH -> 1.1e-36;
      default -> Float.MIN_NORMAL;
    };
  }

  /** The largest error of an implementation so far. */
  private static final class Worst {
    private final Kernels kernels;
    private double error;
    private float at;

    Worst(Kernels kernels) {
      this.kernels = kernels;
    }

    boolean isVector() {
      return kernels.name().startsWith("vector");
    }

    void update(UnaryFunction function, float x, double expected, float actual) {
      double now = error(expected, actual, least(function, x, isVector()));
      if (now > error) {
        error = now;
        at = x;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"SQRT", "EXP", "LOG", "TANH", "SIGMOID", "SOFTPLUS", "SILU", "GELU_TANH", "GELU"})
  void staysWithinItsBound(UnaryFunction function) {
    long step = Long.getLong(STEP, STEP_OF_THE_SUITE);
    List<Worst> all = Implementations.all().map(Worst::new).toList();
    float[] x = new float[BLOCK];
    float[] y = new float[BLOCK];
    double[] expected = new double[BLOCK];
    for (long next = Integer.MIN_VALUE; next <= Integer.MAX_VALUE; next += BLOCK * step) {
      for (int i = 0; i < BLOCK; i++) {
        x[i] = Float.intBitsToFloat((int) Math.min(next + i * step, Integer.MAX_VALUE));
        expected[i] =
            function == UnaryFunction.GELU ? gelu(x[i]) : Formulas.unary(function, 0, 0, x[i]);
      }
      for (Worst worst : all) {
        worst.kernels.unary(function, 0, 0, x, 0, y, 0, BLOCK);
        for (int i = 0; i < BLOCK; i++) {
          worst.update(function, x[i], expected[i], y[i]);
        }
      }
    }
    for (Worst worst : all) {
      String name = worst.kernels.name();
      if (System.getProperty(STEP) != null) {
        System.out.printf("%s, %s: %.2f ULP at %s%n", function, name, worst.error, worst.at);
      }
      assertThat(worst.error)
          .as("%s of %s, %s", function, worst.at, name)
          .isLessThanOrEqualTo(bound(function, name));
    }
  }

  private static double error(double expected, float actual, double least) {
    float rounded = (float) expected;
    if (Float.isNaN(rounded) || Float.isInfinite(rounded)) {
      return Float.compare(rounded, actual) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    double difference = Math.abs(actual - expected);
    if (Math.abs(expected) < least) {
      return difference <= least ? 0 : Double.POSITIVE_INFINITY;
    }
    return difference / Math.ulp(rounded);
  }

  /** Functions without kernels are computed in double precision; these are other double results. */
  @Test
  void functionsInDoublePrecisionAreRoundedOnce() {
    int n = 1 << 20;
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = Float.intBitsToFloat(Integer.MIN_VALUE + i * 4095);
    }
    Tensor tensor = Tensor.of(x, n);
    roundedOnce(x, tensor.sin(), StrictMath::sin);
    roundedOnce(x, tensor.cos(), StrictMath::cos);
    roundedOnce(x, tensor.log1p(), StrictMath::log1p);
    roundedOnce(x, tensor.erf(), org.apache.commons.math3.special.Erf::erf);
    roundedOnce(x, tensor.pow(1.7), a -> StrictMath.pow(a, 1.7f));
  }

  private static void roundedOnce(float[] x, Tensor result, DoubleUnaryOperator function) {
    float[] actual = result.toFloatArray();
    for (int i = 0; i < x.length; i++) {
      double expected = function.applyAsDouble(x[i]);
      float rounded = (float) expected;
      if (Float.compare(rounded, actual[i]) != 0
          && !(Math.abs(actual[i] - expected) <= 0.5001 * Math.ulp(rounded))) {
        assertThat(actual[i]).as("of %s", x[i]).isEqualTo(rounded);
      }
    }
  }

  /** {@code x erfc(-x / sqrt 2) / 2}, which keeps its digits in the left tail. */
  private static double gelu(double x) {
    if (Math.abs(x) < 1e-10) {
      return x / 2;
    }
    if (x < -40) {
      return 0;
    }
    return x * org.apache.commons.math3.special.Erf.erfc(-x / Math.sqrt(2)) / 2;
  }
}
