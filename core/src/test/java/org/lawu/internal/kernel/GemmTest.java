package org.lawu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lawu.internal.kernel.Implementations.normal;
import static org.lawu.internal.kernel.Implementations.toDouble;

import java.util.Random;
import java.util.function.IntConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lawu.internal.parallel.Parallel;

class GemmTest {

  /** What the sums start from: nothing, the result that is there, or a bias for each column. */
  private enum Start {
    ZERO,
    RESULT,
    BIAS
  }

  private static final Start[] START = Start.values();

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

  /** Each of the three sizes from 0 to 70, with both operands as they are and transposed. */
  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void everySizeUpTo70(Kernels kernels) {
    int[] others = {1, 3, 13, 40};
    for (int size = 0; size <= 70; size++) {
      for (int p : others) {
        for (int q : others) {
          checkLayouts(kernels, size, p, q);
          checkLayouts(kernels, p, size, q);
          checkLayouts(kernels, p, q, size);
        }
      }
    }
  }

  /** Sizes next to those where a block, a panel, a chunk or another algorithm begins. */
  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void blockBoundaries(Kernels kernels) {
    for (int rows : new int[] {24, 48, 72, 96, 120, 240, 256, 512, 2048, 4096}) {
      around(rows, m -> checkLayouts(kernels, m, 37, 20));
    }
    for (int columns : new int[] {64, 128, 256, 320, 512, 1024, 2048, 4096}) {
      around(columns, n -> checkLayouts(kernels, 37, n, 20));
      around(columns, n -> checkLayouts(kernels, 2, n, 20));
    }
    for (int depth : new int[] {64, 128, 256, 384, 512, 768, 1024, 2048}) {
      around(depth, k -> checkLayouts(kernels, 37, 40, k));
      around(depth, k -> checkLayouts(kernels, 3, 100, k));
    }
    // Two blocks along the longer side, the second with few panels.
    checkLayouts(kernels, 30, 2100, 600);
    checkLayouts(kernels, 2100, 30, 600);
    // Where a second thread begins: 2^20 multiplications.
    around(128, n -> checkLayouts(kernels, 64, n, 128));
    around(128, n -> checkLayouts(kernels, 128, n, 64));
  }

  /** From where steps are done in parts, of 136, or with narrower vectors of up to 544. */
  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void partsOfTheSteps(Kernels kernels) {
    for (int m = 1; m <= 25; m++) {
      checkLayouts(kernels, m, 260, 64 + m);
      checkLayouts(kernels, m, 260, 300 + m);
    }
    for (int k = 64; k <= 100; k++) {
      checkLayouts(kernels, 25, 257, k);
    }
    for (int parts = 1; parts <= 8; parts++) {
      around(136 * parts, k -> checkLayouts(kernels, 25, 260, k));
      around(136 * parts, k -> checkLayouts(kernels, 25, 40, k));
    }
    // Several chunks, each with sums of its own, and blocks of B that add to the one before.
    checkLayouts(kernels, 200, 300, 700);
    checkLayouts(kernels, 150, 200, 2100);
  }

  /** From 128 columns on where k is 1024, if there are rows for more than one group of them. */
  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void stripes(Kernels kernels) {
    for (int columns : new int[] {128, 192, 256, 384}) {
      around(columns, n -> checkLayouts(kernels, 110, n, 1024));
    }
    checkLayouts(kernels, 400, 700, 300);
    // Of two groups of rows, the second may begin a stripe with too few rows for a tile.
    for (int m = 13; m <= 24; m++) {
      checkLayouts(kernels, m, 100, 400);
    }
    // From where a block of B is packed before it is read: 2^20 elements.
    around(1 << 10, n -> checkLayouts(kernels, 30, n, 1 << 10));
  }

  /** A classifier's last layer: dot products, from 512 steps along k to 10 columns. */
  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void fewColumnsAndLongRows(Kernels kernels) {
    for (int n = 4; n <= 11; n++) {
      for (int m : new int[] {2, 3, 4, 5, 37, 100}) {
        for (int k : new int[] {511, 512, 513, 536, 784}) {
          Start start = START[random.nextInt(START.length)];
          check(kernels, m, n, k, matrix(m, k, false), matrix(k, n, random.nextBoolean()), start);
        }
      }
    }
  }

  /** A panel of one, two or four vectors behind whole ones, below and above a shallow product. */
  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void everyWidthOfTheLastPanel(Kernels kernels) {
    for (int n = 65; n <= 192; n++) {
      checkLayouts(kernels, 23, n, 9);
      checkLayouts(kernels, 23, n, 70);
    }
  }

  private static void around(int size, IntConsumer check) {
    for (int near = size - 1; near <= size + 1; near++) {
      check.accept(near);
    }
  }

  private void checkLayouts(Kernels kernels, int m, int n, int k) {
    for (int layout = 0; layout < 4; layout++) {
      Matrix a = matrix(m, k, layout % 2 == 1);
      Matrix b = matrix(k, n, layout / 2 == 1);
      check(kernels, m, n, k, a, b, START[layout % START.length]);
    }
  }

  /** As it is or transposed, after some elements and with a gap between its rows. */
  private Matrix matrix(int rows, int columns, boolean transposed) {
    int length = (transposed ? rows : columns) + 1;
    float[] data = normal(random, 3 + length * (transposed ? columns : rows));
    return new Matrix(data, 3, transposed ? 1 : length, transposed ? length : 1);
  }

  /** With random strides: as it is, transposed, with gaps, expanded. */
  private void check(Kernels kernels, int m, int n, int k) {
    check(kernels, m, n, k, matrix(m, k), matrix(k, n), START[random.nextInt(START.length)]);
  }

  private void check(Kernels kernels, int m, int n, int k, Matrix a, Matrix b, Start start) {
    int cRow = n + random.nextInt(3);
    float[] c = normal(random, m * cRow + 4);
    float[] bias = normal(random, n + 2);
    float[] before = c.clone();
    for (int i = 0; i < m && start == Start.BIAS; i++) {
      System.arraycopy(bias, 2, before, 3 + i * cRow, n);
    }
    boolean accumulate = start != Start.ZERO;
    double[] expected = toDouble(before);
    Matrix to = new Matrix(c, 3, cRow, 1);
    if (start == Start.BIAS) {
      kernels.linear(m, n, k, a, b, bias, 2, to);
    } else {
      kernels.gemm(m, n, k, a, b, to, start == Start.RESULT);
    }
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
    // The error bound of a sum of products, 2^-24 for each: in proportion to |A| |B|.
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
      double tolerance = (1e-6 + 6e-8 * k) * magnitude[i];
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
    kernels.gemm(
        size,
        size,
        size,
        new Matrix(a, 0, size, 1),
        new Matrix(b, 0, size, 1),
        new Matrix(c, 0, size, 1),
        false);
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
      Matrix a = new Matrix(normal(random, m * k), 0, k, 1);
      Matrix b = new Matrix(normal(random, n * k), 0, 1, k);
      float[] many = new float[m * n];
      kernels.gemm(m, n, k, a, b, new Matrix(many, 0, n, 1), false);
      float[] one = new float[m * n];
      // A range within a range runs on its own thread alone.
      Parallel.range(
          2,
          1,
          (from, to) -> {
            if (from == 0) {
              kernels.gemm(m, n, k, a, b, new Matrix(one, 0, n, 1), false);
            }
          });
      assertThat(one).isEqualTo(many);
    }
  }
}
