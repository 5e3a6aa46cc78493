package org.lawu.internal.kernel;

import java.util.Arrays;

/**
 * FLOAT32 kernels in plain loops, written so that the JIT compiler turns them into SIMD code where
 * it can. They run wherever there is no {@code jdk.incubator.vector}, and finish for the vector
 * kernels what is left over after the last whole vector.
 */
public class ScalarKernels implements Kernels {

  /** A piece of a row that stays in the first-level cache from one pass to the next. */
  private static final int BLOCK = 2048;

  /** Copies of a number that is broadcast: few, since they are a new array each time. */
  private static final int COPIES = 512;

  /** A stateless object. */
  public ScalarKernels() {}

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void unary(
      UnaryFunction function, float a, float b, float[] x, int xAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += BLOCK) {
      int length = Math.min(n - i, BLOCK);
      System.arraycopy(x, xAt + i, out, outAt + i, length);
      ScalarUnary.apply(function, a, b, out, outAt + i, outAt + i + length);
    }
  }

  @Override
  public void binary(
      BinaryFunction function,
      float[] x,
      int xAt,
      int xStep,
      float[] y,
      int yAt,
      int yStep,
      float[] out,
      int outAt,
      int n) {
    float[] xs = xStep == 1 ? x : repeated(x, xAt, n);
    float[] ys = yStep == 1 ? y : repeated(y, yAt, n);
    int block = xStep == 1 && yStep == 1 ? n : COPIES;
    for (int i = 0; i < n; i += block) {
      int xFrom = xStep == 1 ? xAt + i : 0;
      int yFrom = yStep == 1 ? yAt + i : 0;
      binary(function, xs, xFrom, ys, yFrom, out, outAt + i, Math.min(n - i, block));
    }
  }

  /** A block of copies of the value that broadcasting asks for. */
  private static float[] repeated(float[] x, int at, int n) {
    float[] values = new float[Math.min(n, COPIES)];
    if (n > 0) {
      Arrays.fill(values, x[at]);
    }
    return values;
  }

  /** {@code out[i] = f(x[i], y[i])} for {@code n} elements. */
  protected void binary(
      BinaryFunction function,
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      float[] out,
      int outAt,
      int n) {
    ScalarBinary.apply(function, x, xAt, y, yAt, out, outAt, n);
  }

  @Override
  public void axpy(float alpha, float[] x, int xAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] += alpha * x[xAt + i];
    }
  }

  @Override
  public void mulAdd(
      float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = x[xAt + i] * y[yAt + i] + z[zAt + i];
    }
  }

  @Override
  public void select(
      boolean[] mask,
      int maskAt,
      float[] x,
      int xAt,
      int xStep,
      float[] y,
      int yAt,
      int yStep,
      float[] out,
      int outAt,
      int n) {
    float[] xs = xStep == 1 ? x : repeated(x, xAt, n);
    float[] ys = yStep == 1 ? y : repeated(y, yAt, n);
    int block = xStep == 1 && yStep == 1 ? n : COPIES;
    for (int i = 0; i < n; i += block) {
      int xFrom = xStep == 1 ? xAt + i : 0;
      int yFrom = yStep == 1 ? yAt + i : 0;
      select(mask, maskAt + i, xs, xFrom, ys, yFrom, out, outAt + i, Math.min(n - i, block));
    }
  }

  /** {@code out[i] = mask[i] ? x[i] : y[i]} for {@code n} elements. */
  protected void select(
      boolean[] mask,
      int maskAt,
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      float[] out,
      int outAt,
      int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = mask[maskAt + i] ? x[xAt + i] : y[yAt + i];
    }
  }

  @Override
  public float reduce(ReduceFunction function, float[] x, int xAt, int n) {
    return switch (function) {
      case SUM -> ScalarReduce.sum(x, xAt, n);
      case MAX -> ScalarReduce.max(x, xAt, n);
      case MIN -> ScalarReduce.min(x, xAt, n);
    };
  }

  @Override
  public void reduceRows(
      ReduceFunction function, float[] x, int xAt, int rows, int columns, float[] out, int outAt) {
    reduceRows(function, x, xAt, rows, columns, columns, out, outAt);
  }

  /** The same for the first columns of rows that begin {@code rowStep} apart. */
  protected void reduceRows(
      ReduceFunction function,
      float[] x,
      int xAt,
      int rows,
      int rowStep,
      int columns,
      float[] out,
      int outAt) {
    float identity =
        switch (function) {
          case SUM -> 0;
          case MAX -> Float.NEGATIVE_INFINITY;
          case MIN -> Float.POSITIVE_INFINITY;
        };
    Arrays.fill(out, outAt, outAt + columns, identity);
    for (int r = 0, i = xAt; r < rows; r++, i += rowStep) {
      switch (function) {
        case SUM -> ScalarReduce.addTo(out, outAt, x, i, columns);
        case MAX -> ScalarReduce.maxTo(out, outAt, x, i, columns);
        case MIN -> ScalarReduce.minTo(out, outAt, x, i, columns);
      }
    }
  }

  @Override
  public float sumOfSquares(float shift, float[] x, int xAt, int n) {
    return ScalarReduce.sumOfSquares(shift, x, xAt, n);
  }

  @Override
  public float dot(float[] x, int xAt, float[] y, int yAt, int n) {
    return ScalarReduce.dot(x, xAt, y, yAt, n);
  }

  @Override
  public int argMax(float[] x, int xAt, int n) {
    return indexOf(reduce(ReduceFunction.MAX, x, xAt, n), x, xAt, n);
  }

  /** The index in 0..n-1 of the first element equal to {@code value}; of the first NaN for NaN. */
  protected int indexOf(float value, float[] x, int at, int n) {
    return ScalarReduce.indexOf(value, x, at, n);
  }

  @Override
  public void softmax(float[] x, int xAt, float[] out, int outAt, int rows, int columns) {
    int step = rowsOfBlock(columns);
    for (int first = 0; first < rows; first += step) {
      int from = first * columns;
      int n = Math.min(step, rows - first) * columns;
      shiftRows(x, xAt + from, out, outAt + from, n, columns);
      unary(UnaryFunction.EXP, 0, 0, out, outAt + from, out, outAt + from, n);
      for (int i = outAt + from; i < outAt + from + n; i += columns) {
        float scale = 1 / ScalarReduce.sum(out, i, columns);
        for (int j = i; j < i + columns; j++) {
          out[j] *= scale;
        }
      }
    }
  }

  @Override
  public void logSoftmax(float[] x, int xAt, float[] out, int outAt, int rows, int columns) {
    int step = rowsOfBlock(columns);
    float[] exp = new float[Math.min(step, rows) * columns];
    for (int first = 0; first < rows; first += step) {
      int at = outAt + first * columns;
      int n = Math.min(step, rows - first) * columns;
      shiftRows(x, xAt + first * columns, out, at, n, columns);
      unary(UnaryFunction.EXP, 0, 0, out, at, exp, 0, n);
      for (int i = 0; i < n; i += columns) {
        float logSum = (float) Math.log(ScalarReduce.sum(exp, i, columns));
        for (int j = at + i; j < at + i + columns; j++) {
          out[j] -= logSum;
        }
      }
    }
  }

  /** Rows that fill a block, so that one call computes the exponentials of many short rows. */
  private static int rowsOfBlock(int columns) {
    return Math.max(1, BLOCK / Math.max(1, columns));
  }

  /** {@code x - max} of its row, for rows of {@code n} elements together. */
  private static void shiftRows(float[] x, int xAt, float[] out, int outAt, int n, int columns) {
    for (int i = 0; i < n; i += columns) {
      float max = ScalarReduce.max(x, xAt + i, columns);
      for (int j = i; j < i + columns; j++) {
        out[outAt + j] = x[xAt + j] - max;
      }
    }
  }

  @Override
  public void softmaxGradient(
      float[] y, int yAt, float[] g, int gAt, float[] out, int outAt, int rows, int columns) {
    for (int r = 0; r < rows; r++, yAt += columns, gAt += columns, outAt += columns) {
      float sum = ScalarReduce.dot(y, yAt, g, gAt, columns);
      for (int c = 0; c < columns; c++) {
        out[outAt + c] = y[yAt + c] * (g[gAt + c] - sum);
      }
    }
  }

  @Override
  public void logSoftmaxGradient(
      float[] y, int yAt, float[] g, int gAt, float[] out, int outAt, int rows, int columns) {
    int step = rowsOfBlock(columns);
    for (int first = 0; first < rows; first += step) {
      int from = first * columns;
      int n = Math.min(step, rows - first) * columns;
      unary(UnaryFunction.EXP, 0, 0, y, yAt + from, out, outAt + from, n);
      for (int i = from; i < from + n; i += columns) {
        float sum = ScalarReduce.sum(g, gAt + i, columns);
        for (int j = i; j < i + columns; j++) {
          out[outAt + j] = g[gAt + j] - out[outAt + j] * sum;
        }
      }
    }
  }

  @Override
  public void gemm(int m, int n, int k, Matrix a, Matrix b, Matrix c, boolean accumulate) {
    ScalarGemm.multiply(m, n, k, a, b, c, accumulate);
  }

  @Override
  public ConvolutionKernels convolution(ConvolutionSizes sizes) {
    return new ColumnConvolution(sizes, this);
  }

  @Override
  public void maxSquares(float[] x, int xAt, int xRow, float[] out, int outAt, int n) {
    ScalarPool.maxima(x, xAt, xRow, out, outAt, n);
  }

  @Override
  public void maxSquaresGradient(
      float[] x,
      int xAt,
      int height,
      int width,
      float[] y,
      int yAt,
      float[] g,
      int gAt,
      float[] out,
      int outAt) {
    int n = width / 2;
    for (int i = 0; i < height / 2; i++) {
      int row = 2 * i * width;
      ScalarPool.maximaGradient(
          x, xAt + row, width, y, yAt + i * n, g, gAt + i * n, out, outAt + row, n);
    }
  }

  @Override
  public void bernoulli(long key, long counter, long threshold, float[] out, int outAt, int n) {
    ScalarPhilox.bernoulli(key, counter, threshold, out, outAt, n);
  }

  @Override
  public RecurrentKernels recurrence() {
    return new ScalarRecurrence(this);
  }

  @Override
  public NormalizationKernels normalization() {
    return new ScalarNormalization();
  }
}
