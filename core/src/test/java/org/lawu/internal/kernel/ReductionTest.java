package org.lawu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lawu.internal.kernel.Implementations.lengths;
import static org.lawu.internal.kernel.Implementations.normal;
import static org.lawu.internal.kernel.Implementations.toDouble;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReductionTest {

  private final Random random = new Random(2);

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void rowToNumber(Kernels kernels) {
    for (int n : lengths()) {
      float[] x = normal(random, n + 4);
      float[] y = normal(random, n + 4);
      double[] dx = toDouble(x);
      double[] dy = toDouble(y);
      double tolerance = 1e-6 * (1 + Math.sqrt(n));
      for (ReduceFunction function : ReduceFunction.values()) {
        assertThat((double) kernels.reduce(function, x, 3, n))
            .as("%s of %s", function, n)
            .satisfies(v -> {
              double expected = ReferenceKernels.reduce(function, dx, 3, n);
              if (v != expected) {
                assertThat(v).isCloseTo(expected, within(tolerance));
              }
            });
      }
      assertThat((double) kernels.dot(x, 3, y, 1, n))
          .isCloseTo(ReferenceKernels.dot(dx, 3, dy, 1, n), within(tolerance));
      assertThat((double) kernels.sumOfSquares(0.3f, x, 3, n))
          .isCloseTo(ReferenceKernels.sumOfSquares(0.3f, dx, 3, n), within(1e-6 * (1 + 2 * n)));
      if (n > 0) {
        assertThat(kernels.argMax(x, 3, n)).isEqualTo(ReferenceKernels.argMax(dx, 3, n));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void longSumKeepsItsDigits(Kernels kernels) {
    float[] x = new float[1 << 22];
    Arrays.fill(x, 0.1f);
    double expected = (double) 0.1f * x.length;
    assertThat((double) kernels.reduce(ReduceFunction.SUM, x, 0, x.length))
        .isCloseTo(expected, within(2e-6 * expected));
    assertThat((double) kernels.sumOfSquares(0, x, 0, x.length))
        .isCloseTo(expected * 0.1f, within(2e-6 * expected));
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void oneNanAnywhereDecides(Kernels kernels) {
    for (int n = 1; n <= 70; n++) {
      for (int at = 0; at < n; at++) {
        float[] x = normal(random, n);
        x[at] = Float.NaN;
        for (ReduceFunction function : ReduceFunction.values()) {
          assertThat(kernels.reduce(function, x, 0, n)).isNaN();
        }
        assertThat(kernels.argMax(x, 0, n)).isEqualTo(at);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void argMaxIsTheFirst(Kernels kernels) {
    for (int n = 1; n <= 70; n++) {
      float[] x = new float[n];
      Arrays.fill(x, Float.NEGATIVE_INFINITY);
      assertThat(kernels.argMax(x, 0, n)).isZero();
      int first = random.nextInt(n);
      x[n - 1] = 5;
      x[first] = 5;
      assertThat(kernels.argMax(x, 0, n)).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void rowsToRow(Kernels kernels) {
    for (int columns : lengths()) {
      reduceRows(kernels, random.nextInt(6), columns);
    }
    for (int rows : lengths()) {
      reduceRows(kernels, rows, 1 + random.nextInt(70));
    }
  }

  private void reduceRows(Kernels kernels, int rows, int columns) {
    float[] x = normal(random, rows * columns + 2);
    if (rows > 0 && columns > 0) {
      x[2 + random.nextInt(rows * columns)] = Float.NaN;
    }
    for (ReduceFunction function : ReduceFunction.values()) {
      float[] out = new float[columns + 2];
      double[] expected = new double[columns + 2];
      kernels.reduceRows(function, x, 2, rows, columns, out, 1);
      ReferenceKernels.reduceRows(function, toDouble(x), 2, rows, columns, expected, 1);
      for (int c = 0; c < columns + 2; c++) {
        if (Double.compare(out[c], expected[c]) != 0) {
          assertThat((double) out[c]).isCloseTo(expected[c], within(1e-6 * (3 + rows)));
        }
      }
    }
  }
}
