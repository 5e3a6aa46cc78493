package org.lawu.internal.kernel;

import java.util.Arrays;
import org.lawu.internal.parallel.Parallel;

/**
 * Matrix product in plain loops. For every pair of rows of C, eight rank-one updates at a time: a
 * loop over the columns that adds four rows of B, times an element of A each, to two rows of C. The
 * JIT compiler turns that loop into SIMD code if every array starts at 0, so B is packed into an
 * array per row and C is summed in two buffers.
 */
final class ScalarGemm {

  /** Columns of a block: rows of B and C of 2 KB. */
  private static final int COLUMNS = 512;

  /** Depth of a block: with {@link #COLUMNS}, 256 KB of B, which stay in the second-level cache. */
  private static final int DEPTH = 128;

  /** Multiply-adds that are worth another thread: some 30 microseconds. */
  private static final int GRAIN = 1 << 20;

  /** With fewer columns than this a loop over the rows is better, if there are more rows. */
  private static final int NARROW = 32;

  private ScalarGemm() {}

  /** As {@link Kernels#gemm}. */
  static void multiply(int m, int n, int k, Matrix a, Matrix b, Matrix c, boolean accumulate) {
    if (!accumulate) {
      for (int i = 0; i < m; i++) {
        Arrays.fill(c.data, c.index(i, 0), c.index(i, n), 0);
      }
    }
    if (n < NARROW && n < m) {
      add(n, m, k, b.transposed(), a.transposed(), c.transposed());
    } else {
      add(m, n, k, a, b, c);
    }
  }

  /** {@code out += left * right}, each block of columns by itself. */
  private static void add(int m, int n, int k, Matrix left, Matrix right, Matrix out) {
    for (int j = 0; j < n; j += COLUMNS) {
      int columns = Math.min(COLUMNS, n - j);
      for (int p = 0; p < k; p += DEPTH) {
        int depth = Math.min(DEPTH, k - p);
        float[][] rows = pack(right, p, j, depth, columns);
        int first = p;
        int column = j;
        int grain = Math.max(2, GRAIN / (depth * columns) / 2 * 2);
        Parallel.range(
            m,
            grain,
            (from, to) -> addRows(from, to, depth, columns, left, first, rows, out, column));
      }
    }
  }

  /** Rows of B, filled up with rows of zeros to a multiple of four. */
  private static float[][] pack(Matrix b, int row, int column, int depth, int columns) {
    float[][] rows = new float[(depth + 3) / 4 * 4][columns];
    if (b.columnStep == 1) {
      for (int p = 0; p < depth; p++) {
        System.arraycopy(b.data, b.index(row + p, column), rows[p], 0, columns);
      }
    } else {
      for (int p = 0; p < depth; p++) {
        gather(b.data, b.index(row + p, column), b.columnStep, rows[p], columns);
      }
    }
    return rows;
  }

  private static void gather(float[] from, int at, int step, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = from[at + i * step];
    }
  }

  private static void addRows(
      int from,
      int to,
      int depth,
      int columns,
      Matrix a,
      int first,
      float[][] b,
      Matrix c,
      int column) {
    float[] sum0 = new float[columns];
    float[] sum1 = new float[columns];
    float[] a0 = new float[b.length];
    float[] a1 = new float[b.length];
    for (int i = from; i < to; i += 2) {
      boolean pair = i + 1 < to;
      gather(a.data, a.index(i, first), a.columnStep, a0, depth);
      if (pair) {
        gather(a.data, a.index(i + 1, first), a.columnStep, a1, depth);
      }
      for (int p = 0; p < b.length; p += 4) {
        if (pair) {
          addProducts(sum0, sum1, a0, a1, b[p], b[p + 1], b[p + 2], b[p + 3], p, columns);
        } else {
          addProducts(sum0, a0, b[p], b[p + 1], b[p + 2], b[p + 3], p, columns);
        }
      }
      flush(sum0, c, i, column);
      if (pair) {
        flush(sum1, c, i + 1, column);
      }
    }
  }

  private static void addProducts(
      float[] sum0,
      float[] sum1,
      float[] a0,
      float[] a1,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3,
      int p,
      int n) {
    float a00 = a0[p];
    float a01 = a0[p + 1];
    float a02 = a0[p + 2];
    float a03 = a0[p + 3];
    float a10 = a1[p];
    float a11 = a1[p + 1];
    float a12 = a1[p + 2];
    float a13 = a1[p + 3];
    for (int j = 0; j < n; j++) {
      sum0[j] += (a00 * b0[j] + a01 * b1[j]) + (a02 * b2[j] + a03 * b3[j]);
      sum1[j] += (a10 * b0[j] + a11 * b1[j]) + (a12 * b2[j] + a13 * b3[j]);
    }
  }

  private static void addProducts(
      float[] sum, float[] a, float[] b0, float[] b1, float[] b2, float[] b3, int p, int n) {
    float a0 = a[p];
    float a1 = a[p + 1];
    float a2 = a[p + 2];
    float a3 = a[p + 3];
    for (int j = 0; j < n; j++) {
      sum[j] += (a0 * b0[j] + a1 * b1[j]) + (a2 * b2[j] + a3 * b3[j]);
    }
  }

  /** Adds the sums to a row of C and starts them anew. */
  private static void flush(float[] sum, Matrix c, int row, int column) {
    int at = c.index(row, column);
    for (int j = 0; j < sum.length; j++) {
      c.data[at + j * c.columnStep] += sum[j];
    }
    Arrays.fill(sum, 0);
  }
}
