package org.lawu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lawu.internal.kernel.Implementations.lengths;
import static org.lawu.internal.kernel.Implementations.normal;
import static org.lawu.internal.kernel.Implementations.toDouble;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SoftmaxTest {

  private final Random random = new Random(3);

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void softmaxAndLogSoftmax(Kernels kernels) {
    for (int columns : lengths()) {
      for (int rows : new int[] {0, 1, 3, columns < 20 ? 500 : 4}) {
        int n = rows * columns;
        for (float scale : new float[] {1, 30}) {
          float[] x = normal(random, n + 3);
          for (int i = 0; i < x.length; i++) {
            x[i] = x[i] * scale + 1000; // what the shift by the maximum is for
          }
          float[] out = new float[n + 4];
          double[] expected = new double[n + 4];
          kernels.softmax(x, 3, out, 2, rows, columns);
          ReferenceKernels.softmax(toDouble(x), 3, expected, 2, rows, columns);
          compare(out, expected, 1e-6);
          kernels.logSoftmax(x, 3, out, 2, rows, columns);
          ReferenceKernels.logSoftmax(toDouble(x), 3, expected, 2, rows, columns);
          compare(out, expected, 3e-6 * scale);
        }
      }
    }
  }

  /** Which without its own largest element would be infinite, or nothing. */
  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void eachRowIsShiftedByItsOwnMaximum(Kernels kernels) {
    int rows = 5;
    float[] shifts = {0, 500, -500, 1000, 0};
    for (int columns = 1; columns <= 70; columns++) {
      for (int place = 0; place < columns; place++) {
        float[] x = normal(random, rows * columns);
        for (int i = 0; i < x.length; i++) {
          x[i] += shifts[i / columns] + (i % columns == place ? 200 : 0);
        }
        float[] out = new float[x.length];
        double[] expected = new double[x.length];
        kernels.softmax(x, 0, out, 0, rows, columns);
        ReferenceKernels.softmax(toDouble(x), 0, expected, 0, rows, columns);
        compare(out, expected, 1e-6);
        kernels.logSoftmax(x, 0, out, 0, rows, columns);
        ReferenceKernels.logSoftmax(toDouble(x), 0, expected, 0, rows, columns);
        compare(out, expected, 1e-4);
      }
    }
  }

  /** At each place of a row, so in the vectors and in what is left over. */
  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void numbersThatAreNotFinite(Kernels kernels) {
    float[] special = {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY};
    for (int columns : new int[] {1, 3, 15, 16, 17, 31, 64, 70}) {
      for (int place = 0; place < columns; place++) {
        for (float number : special) {
          float[] x = normal(random, 2 * columns);
          x[columns + place] = number;
          float[] out = new float[2 * columns];
          double[] expected = new double[2 * columns];
          kernels.softmax(x, 0, out, 0, 2, columns);
          ReferenceKernels.softmax(toDouble(x), 0, expected, 0, 2, columns);
          compare(out, expected, 1e-6);
          kernels.logSoftmax(x, 0, out, 0, 2, columns);
          ReferenceKernels.logSoftmax(toDouble(x), 0, expected, 0, 2, columns);
          compare(out, expected, 3e-6);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void gradients(Kernels kernels) {
    for (int columns : lengths()) {
      for (int rows : new int[] {0, 1, 3, columns < 20 ? 500 : 4}) {
        int n = rows * columns;
        float[] y = normal(random, n + 3);
        float[] g = normal(random, n + 3);
        float[] out = new float[n + 4];
        double[] expected = new double[n + 4];
        kernels.softmaxGradient(y, 3, g, 1, out, 2, rows, columns);
        ReferenceKernels.softmaxGradient(
            toDouble(y), 3, toDouble(g), 1, expected, 2, rows, columns);
        compare(out, expected, 1e-6 * (100 + columns));
        kernels.logSoftmaxGradient(y, 3, g, 1, out, 2, rows, columns);
        ReferenceKernels.logSoftmaxGradient(
            toDouble(y), 3, toDouble(g), 1, expected, 2, rows, columns);
        compare(out, expected, 1e-6 * (100 + columns));
      }
    }
  }

  private static void compare(float[] actual, double[] expected, double tolerance) {
    for (int i = 0; i < actual.length; i++) {
      boolean same = Double.compare(actual[i], expected[i]) == 0; // infinite or NaN as well
      if (!same && !(Math.abs(actual[i] - expected[i]) <= tolerance)) {
        assertThat((double) actual[i]).isCloseTo(expected[i], within(tolerance));
      }
    }
  }
}
