package org.lawu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lawu.internal.kernel.Implementations.lengths;
import static org.lawu.internal.kernel.Implementations.normal;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NormalizationTest {

  private static final float SHIFT = 0.75f;
  private static final float SCALE = 1.25f;
  private static final double TOLERANCE = 3e-6;

  private final Random random = new Random(3);

  private static double standard(float x) {
    return ((double) x - SHIFT) * SCALE;
  }

  /** From index 2, a number for each position, and beyond them nothing. */
  private static void compare(float[] actual, int n, IntToDoubleFunction expected) {
    for (int i = 0; i < actual.length; i++) {
      boolean written = i >= 2 && i < n + 2;
      double value = written ? expected.applyAsDouble(i - 2) : 0;
      if (!(Math.abs(actual[i] - value) <= TOLERANCE * (1 + Math.abs(value)))) {
        assertThat((double) actual[i]).isCloseTo(value, within(TOLERANCE));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void standardize(Kernels kernels) {
    for (int n : lengths()) {
      float[] x = normal(random, n + 3);
      float[] w = normal(random, n + 1);
      float[] b = normal(random, n + 4);
      float[] out = new float[n + 4];
      kernels.normalization().standardize(SHIFT, SCALE, 0.5f, x, 3, out, 2, n);
      compare(out, n, i -> standard(x[i + 3]) + 0.5);
      kernels.normalization().standardizeRow(SHIFT, SCALE, x, 3, w, 1, b, 4, out, 2, n);
      compare(out, n, i -> standard(x[i + 3]) * w[i + 1] + b[i + 4]);
    }
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void gradients(Kernels kernels) {
    for (int n : lengths()) {
      float[] x = normal(random, n + 3);
      float[] w = normal(random, n + 1);
      float[] g = normal(random, n + 4);
      float[] out = new float[n + 4];
      kernels.normalization().combine(2, g, 4, -3, SHIFT, x, 3, 0.5f, out, 2, n);
      compare(out, n, i -> 2.0 * g[i + 4] - 3.0 * (x[i + 3] - SHIFT) + 0.5);
      kernels.normalization().rowGradient(SHIFT, SCALE, 2, -3, x, 3, g, 4, w, 1, out, 2, n);
      compare(out, n, i -> ((double) g[i + 4] * w[i + 1] - 2 + standard(x[i + 3]) * 3) * SCALE);
    }
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void sums(Kernels kernels) {
    for (int n : lengths()) {
      float[] x = normal(random, n + 3);
      float[] w = normal(random, n + 1);
      float[] g = normal(random, n + 4);
      float[] weightGradient = new float[n + 4];
      float[] biasGradient = new float[n + 4];
      float[] sums = {Float.NaN, Float.NaN};
      var loops = kernels.normalization();
      for (int times = 0; times < 2; times++) {
        loops.rowSums(SHIFT, SCALE, x, 3, g, 4, w, 1, weightGradient, 2, biasGradient, 2, sums, n);
      }
      compare(weightGradient, n, i -> 2 * g[i + 4] * standard(x[i + 3]));
      compare(biasGradient, n, i -> 2 * g[i + 4]);
      double sum = 0;
      double product = 0;
      double dot = 0;
      for (int i = 0; i < n; i++) {
        sum += (double) g[i + 4] * w[i + 1];
        product += (double) g[i + 4] * w[i + 1] * standard(x[i + 3]);
        dot += ((double) x[i + 3] - SHIFT) * g[i + 4];
      }
      double tolerance = TOLERANCE * (1 + Math.sqrt(n));
      assertThat((double) sums[0]).isCloseTo(sum, within(tolerance));
      assertThat((double) sums[1]).isCloseTo(product, within(tolerance));
      assertThat((double) loops.centeredDot(SHIFT, x, 3, g, 4, n))
          .isCloseTo(dot, within(tolerance));
    }
  }
}
