package org.lawu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lawu.internal.kernel.Implementations.SPECIAL;
import static org.lawu.internal.kernel.Implementations.lengths;
import static org.lawu.internal.kernel.Implementations.normal;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ElementwiseTest {

  private static final float A = 0.01f;
  private static final float B = 0.75f;

  private final Random random = new Random(1);

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void unaryAtAllLengthsAndOffsets(Kernels kernels) {
    for (UnaryFunction function : UnaryFunction.values()) {
      for (int n : lengths()) {
        int xAt = random.nextInt(5);
        int outAt = random.nextInt(5);
        float[] x = normal(random, n + 5);
        float[] out = normal(random, n + 10);
        float[] before = out.clone();
        kernels.unary(function, A, B, x, xAt, out, outAt, n);
        for (int i = 0; i < n; i++) {
          check(function, x[xAt + i], out[outAt + i]);
        }
        unchangedAround(out, before, outAt, n);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void unaryInPlace(Kernels kernels) {
    for (UnaryFunction function : UnaryFunction.values()) {
      float[] x = normal(random, 2100);
      float[] expected = new float[2100];
      kernels.unary(function, A, B, x, 3, expected, 3, 2090);
      kernels.unary(function, A, B, x, 3, x, 3, 2090);
      assertThat(Arrays.copyOfRange(x, 3, 2093)).isEqualTo(Arrays.copyOfRange(expected, 3, 2093));
    }
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void unaryAtSpecialValuesInEveryLane(Kernels kernels) {
    for (UnaryFunction function : UnaryFunction.values()) {
      for (float value : SPECIAL) {
        float[] x = new float[35];
        Arrays.fill(x, value);
        float[] out = new float[35];
        kernels.unary(function, A, B, x, 0, out, 0, 35);
        for (float y : out) {
          check(function, value, y);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void unaryOverTheWholeRange(Kernels kernels) {
    int n = 1 << 14;
    float[] x = new float[n];
    float[] out = new float[n];
    for (UnaryFunction function : UnaryFunction.values()) {
      for (float range : new float[] {0.01f, 1, 10, 100, 1e10f}) {
        for (int i = 0; i < n; i++) {
          x[i] = (2 * random.nextFloat() - 1) * range;
        }
        kernels.unary(function, A, B, x, 0, out, 0, n);
        for (int i = 0; i < n; i++) {
          check(function, x[i], out[i]);
        }
      }
    }
  }

  /** Even if these are out of the range for which the quick formula holds. */
  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void unaryDoesNotDependOnTheNeighbours(Kernels kernels) {
    float[] usual = normal(random, 32);
    float[] expected = new float[32];
    float[] out = new float[32];
    for (UnaryFunction function : UnaryFunction.values()) {
      kernels.unary(function, A, B, usual, 0, expected, 0, 32);
      for (float value : SPECIAL) {
        float[] x = usual.clone();
        x[5] = value;
        kernels.unary(function, A, B, x, 0, out, 0, 32);
        out[5] = expected[5];
        assertThat(out).as("%s beside %s", function, value).isEqualTo(expected);
      }
    }
  }

  /** Five units in the last place, or what vanishes beside the argument. */
  private static void check(UnaryFunction function, float x, float actual) {
    double expected = Formulas.unary(function, A, B, x);
    double absolute =
        switch (function) {
          // x Phi(x) and the like: relative to x
          case GELU, GELU_TANH, SILU -> 1e-7 * Math.min(Math.abs(x), 1);
          default -> 0;
        };
    close(function + " of " + x, expected, actual, 5, absolute);
  }

  private static void close(
      String what, double expected, float actual, double ulps, double absolute) {
    float rounded = (float) expected;
    if (Float.isNaN(rounded)) {
      assertThat(actual).as(what).isNaN();
    } else if (Float.isInfinite(rounded)) {
      assertThat(actual).as(what).isEqualTo(rounded);
    } else {
      double tolerance = ulps * Math.ulp(rounded) + absolute + Float.MIN_NORMAL;
      if (!(Math.abs(actual - expected) <= tolerance)) {
        assertThat((double) actual).as(what).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void binaryAtAllLengthsOffsetsAndSteps(Kernels kernels) {
    for (BinaryFunction function : BinaryFunction.values()) {
      for (int n : lengths()) {
        int xStep = random.nextInt(2);
        int yStep = random.nextInt(2);
        int xAt = random.nextInt(5);
        int yAt = random.nextInt(5);
        int outAt = random.nextInt(5);
        float[] x = normal(random, n + 5);
        float[] y = normal(random, n + 5);
        float[] out = normal(random, n + 10);
        float[] before = out.clone();
        kernels.binary(function, x, xAt, xStep, y, yAt, yStep, out, outAt, n);
        for (int i = 0; i < n; i++) {
          check(function, x[xAt + i * xStep], y[yAt + i * yStep], out[outAt + i]);
        }
        unchangedAround(out, before, outAt, n);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void binaryIntoEitherOperand(Kernels kernels) {
    for (BinaryFunction function : BinaryFunction.values()) {
      float[] x = normal(random, 2100);
      float[] y = normal(random, 2100);
      float[] expected = new float[2100];
      kernels.binary(function, x, 0, 1, y, 0, 1, expected, 0, 2100);
      float[] intoX = x.clone();
      kernels.binary(function, intoX, 0, 1, y, 0, 1, intoX, 0, 2100);
      float[] intoY = y.clone();
      kernels.binary(function, x, 0, 1, intoY, 0, 1, intoY, 0, 2100);
      assertThat(intoX).isEqualTo(expected);
      assertThat(intoY).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void binaryAtSpecialValues(Kernels kernels) {
    for (BinaryFunction function : BinaryFunction.values()) {
      if (function.name().endsWith("_GRADIENT")) {
        continue; // what they take has no such values
      }
      for (float value : SPECIAL) {
        float[] y = {value};
        float[] out = new float[SPECIAL.length];
        kernels.binary(function, SPECIAL, 0, 1, y, 0, 0, out, 0, out.length);
        for (int i = 0; i < out.length; i++) {
          check(function, SPECIAL[i], value, out[i]);
        }
      }
    }
  }

  private static void check(BinaryFunction function, float x, float y, float actual) {
    double expected = Formulas.binary(function, x, y);
    double absolute = function.name().endsWith("_GRADIENT") ? 5e-7 * Math.abs(y) : 0;
    close(function + " of " + x + ", " + y, expected, actual, 2, absolute);
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void selectAndAxpy(Kernels kernels) {
    for (int n : lengths()) {
      int xStep = random.nextInt(2);
      int yStep = random.nextInt(2);
      boolean[] mask = new boolean[n + 2];
      for (int i = 0; i < mask.length; i++) {
        mask[i] = random.nextBoolean();
      }
      float[] x = normal(random, n + 3);
      float[] y = normal(random, n + 3);
      float[] out = normal(random, n + 4);
      float[] before = out.clone();
      kernels.select(mask, 2, x, 1, xStep, y, 2, yStep, out, 3, n);
      for (int i = 0; i < n; i++) {
        assertThat(out[3 + i]).isEqualTo(mask[2 + i] ? x[1 + i * xStep] : y[2 + i * yStep]);
      }
      unchangedAround(out, before, 3, n);

      float[] z = normal(random, n + 5);
      before = out.clone();
      kernels.mulAdd(x, 1, y, 2, z, 5, out, 3, n);
      for (int i = 0; i < n; i++) {
        assertThat(out[3 + i]).isEqualTo(x[1 + i] * y[2 + i] + z[5 + i]);
      }
      unchangedAround(out, before, 3, n);

      before = y.clone();
      kernels.axpy(0.3f, x, 1, y, 2, n);
      for (int i = 0; i < n; i++) {
        double expected = before[2 + i] + 0.3f * (double) x[1 + i];
        assertThat((double) y[2 + i]).isCloseTo(expected, within(1e-6));
      }
      unchangedAround(y, before, 2, n);
    }
  }

  private static void unchangedAround(float[] out, float[] before, int at, int n) {
    for (int i = 0; i < out.length; i++) {
      if (i < at || i >= at + n) {
        assertThat(out[i]).isEqualTo(before[i]);
      }
    }
  }
}
