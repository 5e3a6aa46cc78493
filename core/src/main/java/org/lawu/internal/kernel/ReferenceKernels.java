package org.lawu.internal.kernel;

/**
 * Double-precision kernels: loops as plain as their formulas. They compute FLOAT64 tensors and
 * judge the FLOAT32 kernels, whose signatures they share except for matrices (see {@link Kernels});
 * elementwise functions are not here, an operation applies its own formula to each element.
 */
public final class ReferenceKernels {

  private ReferenceKernels() {}

  /** {@code y[i] += alpha * x[i]}. */
  public static void axpy(double alpha, double[] x, int xAt, double[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] += alpha * x[xAt + i];
    }
  }

  /** Combines {@code n} consecutive elements into one. */
  public static double reduce(ReduceFunction function, double[] x, int xAt, int n) {
    double result = identity(function);
    for (int i = 0; i < n; i++) {
      result = combine(function, result, x[xAt + i]);
    }
    return result;
  }

  /** Combines the rows of a contiguous matrix into one row. */
  public static void reduceRows(
      ReduceFunction function,
      double[] x,
      int xAt,
      int rows,
      int columns,
      double[] out,
      int outAt) {
    for (int c = 0; c < columns; c++) {
      double result = identity(function);
      for (int r = 0; r < rows; r++) {
        result = combine(function, result, x[xAt + r * columns + c]);
      }
      out[outAt + c] = result;
    }
  }

  private static double identity(ReduceFunction function) {
    return switch (function) {
      case SUM -> 0;
      case MAX -> Double.NEGATIVE_INFINITY;
      case MIN -> Double.POSITIVE_INFINITY;
    };
  }

  private static double combine(ReduceFunction function, double x, double y) {
    return switch (function) {
      case SUM -> x + y;
      case MAX -> Math.max(x, y);
      case MIN -> Math.min(x, y);
    };
  }

  /** {@code sum of (x[i] - shift)^2}. */
  public static double sumOfSquares(double shift, double[] x, int xAt, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double d = x[xAt + i] - shift;
      sum += d * d;
    }
    return sum;
  }

  /** {@code sum of x[i] * y[i]}. */
  public static double dot(double[] x, int xAt, double[] y, int yAt, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[xAt + i] * y[yAt + i];
    }
    return sum;
  }

  /** The index of the first largest element (of the first NaN, if any); {@code n > 0}. */
  public static int argMax(double[] x, int xAt, int n) {
    int best = 0;
    for (int i = 0; i < n; i++) {
      if (Double.isNaN(x[xAt + i])) {
        return i;
      }
      if (x[xAt + i] > x[xAt + best]) {
        best = i;
      }
    }
    return best;
  }

  /** {@code e^(x - max) / sum(e^(x - max))} for each row. */
  public static void softmax(double[] x, int xAt, double[] out, int outAt, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      int from = xAt + r * columns;
      int to = outAt + r * columns;
      double max = reduce(ReduceFunction.MAX, x, from, columns);
      double sum = 0;
      for (int c = 0; c < columns; c++) {
        out[to + c] = Math.exp(x[from + c] - max);
        sum += out[to + c];
      }
      for (int c = 0; c < columns; c++) {
        out[to + c] /= sum;
      }
    }
  }

  /** {@code x - max - log(sum(e^(x - max)))} for each row. */
  public static void logSoftmax(
      double[] x, int xAt, double[] out, int outAt, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      int from = xAt + r * columns;
      int to = outAt + r * columns;
      double max = reduce(ReduceFunction.MAX, x, from, columns);
      double sum = 0;
      for (int c = 0; c < columns; c++) {
        sum += Math.exp(x[from + c] - max);
      }
      double logSum = Math.log(sum);
      for (int c = 0; c < columns; c++) {
        out[to + c] = x[from + c] - max - logSum;
      }
    }
  }

  /** {@code y * (g - sum(g * y))} for each row. */
  public static void softmaxGradient(
      double[] y, int yAt, double[] g, int gAt, double[] out, int outAt, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      int row = r * columns;
      double sum = dot(y, yAt + row, g, gAt + row, columns);
      for (int c = row; c < row + columns; c++) {
        out[outAt + c] = y[yAt + c] * (g[gAt + c] - sum);
      }
    }
  }

  /** {@code g - e^y * sum(g)} for each row. */
  public static void logSoftmaxGradient(
      double[] y, int yAt, double[] g, int gAt, double[] out, int outAt, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      int row = r * columns;
      double sum = reduce(ReduceFunction.SUM, g, gAt + row, columns);
      for (int c = row; c < row + columns; c++) {
        out[outAt + c] = g[gAt + c] - Math.exp(y[yAt + c]) * sum;
      }
    }
  }

  /**
   * {@code C = A B} or {@code C += A B} as {@link Kernels#gemm}, element {@code (i, j)} of A at
   * {@code aAt + i * aRow + j * aColumn}.
   */
  public static void gemm(
      int m,
      int n,
      int k,
      double[] a,
      int aAt,
      int aRow,
      int aColumn,
      double[] b,
      int bAt,
      int bRow,
      int bColumn,
      double[] c,
      int cAt,
      int cRow,
      boolean accumulate) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = accumulate ? c[cAt + i * cRow + j] : 0;
        for (int p = 0; p < k; p++) {
          sum += a[aAt + i * aRow + p * aColumn] * b[bAt + p * bRow + j * bColumn];
        }
        c[cAt + i * cRow + j] = sum;
      }
    }
  }
}
