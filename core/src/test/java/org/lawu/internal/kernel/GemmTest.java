package org.lawu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lawu.internal.kernel.Implementations.normal;
import static org.lawu.internal.kernel.Implementations.toDouble;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lawu.internal.parallel.Parallel;

class GemmTest {

  private final Random random = new Random(4);

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void smallSizes(Kernels kernels) {
    for (int m = 0; m <= 20; m++) {
      for (int n = 0; n <= 20; n++) {
        for (int k = 0; k <= 20; k += 1 + random.nextInt(4)) {
          check(kernels, m, n, k);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void sizesAroundTilesAndBlocks(Kernels kernels) {
    int[] sizes = {1, 2, 5, 11, 12, 13, 31, 32, 33, 63, 65, 119, 121, 128, 257, 385, 513};
    for (int i = 0; i < 150; i++) {
      check(
          kernels,
          sizes[random.nextInt(sizes.length)],
          sizes[random.nextInt(sizes.length)],
          sizes[random.nextInt(sizes.length)]);
    }
    check(kernels, 3, 4100, 5);
    check(kernels, 4100, 3, 5);
    check(kernels, 13, 4130, 2);
    check(kernels, 4130, 13, 2);
    check(kernels, 2, 2, 5000);
  }

  /** With random strides: as it is, transposed, with gaps, expanded. */
  private void check(Kernels kernels, int m, int n, int k) {
    Matrix a = matrix(m, k);
    Matrix b = matrix(k, n);
    boolean accumulate = random.nextBoolean();
    int cRow = n + random.nextInt(3);
    float[] c = normal(random, m * cRow + 4);
    float[] before = c.clone();
    double[] expected = toDouble(c);
    kernels.gemm(
        m,
        n,
        k,
        a.data,
        a.at,
        a.rowStep,
        a.columnStep,
        b.data,
        b.at,
        b.rowStep,
        b.columnStep,
        c,
        3,
        cRow,
        accumulate);
    ReferenceKernels.gemm(
        m,
        n,
        k,
        toDouble(a.data),
        a.at,
        a.rowStep,
        a.columnStep,
        toDouble(b.data),
        b.at,
        b.rowStep,
        b.columnStep,
        expected,
        3,
        cRow,
        accumulate);
    // The error bound of a sum of products: in proportion to |A| |B|.
    double[] magnitude = magnitudes(toDouble(before));
    ReferenceKernels.gemm(
        m,
        n,
        k,
        magnitudes(toDouble(a.data)),
        a.at,
        a.rowStep,
        a.columnStep,
        magnitudes(toDouble(b.data)),
        b.at,
        b.rowStep,
        b.columnStep,
        magnitude,
        3,
        cRow,
        accumulate);
    for (int i = 0; i < c.length; i++) {
      double tolerance = (1e-6 + 4e-8 * k) * magnitude[i];
      if (!(Math.abs(c[i] - expected[i]) <= tolerance)) {
        assertThat((double) c[i])
            .as("%s x %s x %s, element %s of C", m, n, k, i - 3)
            .isCloseTo(expected[i], within(tolerance));
      }
    }
  }

  private static double[] magnitudes(double[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.abs(x[i]);
    }
    return x;
  }

  private Matrix matrix(int rows, int columns) {
    int at = random.nextInt(4);
    int rowStep = columns;
    int columnStep = 1;
    switch (random.nextInt(6)) {
      case 0, 1 -> {
        rowStep = 1;
        columnStep = rows;
      }
      case 2 -> {
        rowStep = 2 * columns + 1;
        columnStep = 2;
      }
      case 3 -> rowStep = 0;
      case 4 -> columnStep = 0;
      default -> rowStep = columns + random.nextInt(3);
    }
    int size = at + rows * rowStep + columns * columnStep + 1;
    return new Matrix(normal(random, size), at, rowStep, columnStep);
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void infinityAndNanSpreadOnlyWhereTheyBelong(Kernels kernels) {
    int size = 37;
    float[] a = normal(random, size * size);
    float[] b = normal(random, size * size);
    a[5 * size + 36] = Float.NaN;
    b[36 * size + 36] = Float.POSITIVE_INFINITY;
    float[] c = new float[size * size];
    kernels.gemm(size, size, size, a, 0, size, 1, b, 0, size, 1, c, 0, size, false);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        assertThat(Float.isFinite(c[i * size + j])).isEqualTo(i != 5 && j != 36);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void sameBitsOnOneThreadAsOnMany(Kernels kernels) {
    int[][] sizes = {{32, 128, 784}, {300, 500, 400}, {1, 5000, 300}, {3000, 2, 700}};
    for (int[] size : sizes) {
      int m = size[0];
      int n = size[1];
      int k = size[2];
      float[] a = normal(random, m * k);
      float[] b = normal(random, n * k);
      float[] many = new float[m * n];
      kernels.gemm(m, n, k, a, 0, k, 1, b, 0, 1, k, many, 0, n, false);
      float[] one = new float[m * n];
      // A range within a range runs on its own thread alone.
      Parallel.range(
          2,
          1,
          (from, to) -> {
            if (from == 0) {
              kernels.gemm(m, n, k, a, 0, k, 1, b, 0, 1, k, one, 0, n, false);
            }
          });
      assertThat(one).isEqualTo(many);
    }
  }
}
