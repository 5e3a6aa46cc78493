package org.lawu.internal.kernel;

/**
 * FLOAT32 arithmetic over plain arrays. An implementation computes what it is given on the calling
 * thread, except {@link #gemm}, {@link #linear} and {@link #convolution}, which divide their own
 * work; everything else is divided by the caller, by size and never by thread count, so that the
 * bits of a result do not depend on how many threads computed it. Ranges are the caller's to check:
 * nothing here validates.
 *
 * <p>An array argument is followed by the offset of its first element; a {@link Matrix} says itself
 * where it lies. Input and output may be the same range of the same array in the elementwise
 * kernels, and may not overlap otherwise.
 */
public interface Kernels {

  /** What runs, for logs and benchmarks: {@code scalar}, {@code vector-512}. */
  String name();

  /** {@code out[i] = f(x[i]; a, b)} for {@code n} elements. */
  void unary(
      UnaryFunction function, float a, float b, float[] x, int xAt, float[] out, int outAt, int n);

  /**
   * {@code out[i] = f(x[i * xStep], y[i * yStep])} for {@code n} elements; a step is 0 (one value
   * for all, as broadcasting asks) or 1.
   */
  void binary(
      BinaryFunction function,
      float[] x,
      int xAt,
      int xStep,
      float[] y,
      int yAt,
      int yStep,
      float[] out,
      int outAt,
      int n);

  /** {@code y[i] += alpha * x[i]} for {@code n} elements. */
  void axpy(float alpha, float[] x, int xAt, float[] y, int yAt, int n);

  /** {@code out[i] = x[i] * y[i] + z[i]} for {@code n} elements, each operation rounded. */
  void mulAdd(
      float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt, int n);

  /** {@code out[i] = mask[i] ? x[i * xStep] : y[i * yStep]}; steps as in {@link #binary}. */
  void select(
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
      int n);

  /**
   * Reduces {@code n} consecutive elements to one. Sums run in a fixed order of fixed-size blocks
   * that depends on {@code n} alone, with an error that grows as log n (pairwise or blocked).
   */
  float reduce(ReduceFunction function, float[] x, int xAt, int n);

  /**
   * Reduces the rows of a contiguous {@code rows x columns} matrix to one row: {@code out[c] =
   * reduce over r of x[r, c]}, in rising row order.
   */
  void reduceRows(
      ReduceFunction function, float[] x, int xAt, int rows, int columns, float[] out, int outAt);

  /**
   * {@code sum over i of (x[i] - shift)^2} for {@code n} elements; same order as {@link #reduce}.
   */
  float sumOfSquares(float shift, float[] x, int xAt, int n);

  /** {@code sum over i of x[i] * y[i]} for {@code n} elements. */
  float dot(float[] x, int xAt, float[] y, int yAt, int n);

  /** The index in 0..n-1 of the first largest element (of the first NaN, if any); {@code n > 0}. */
  int argMax(float[] x, int xAt, int n);

  /**
   * Softmax of each row of a contiguous {@code rows x columns} matrix, shifted by the row's
   * maximum. Input and output may be the same, as may be g and output of the gradient.
   */
  void softmax(float[] x, int xAt, float[] out, int outAt, int rows, int columns);

  /** Log-softmax of each row, {@code x - max - log(sum(exp(x - max)))}. */
  void logSoftmax(float[] x, int xAt, float[] out, int outAt, int rows, int columns);

  /**
   * Gradient of softmax from its output {@code y}: {@code dx = y * (g - sum(g * y))} for each row.
   */
  void softmaxGradient(
      float[] y, int yAt, float[] g, int gAt, float[] out, int outAt, int rows, int columns);

  /**
   * Gradient of log-softmax from its output {@code y}: {@code dx = g - exp(y) * sum(g)} for each
   * row.
   */
  void logSoftmaxGradient(
      float[] y, int yAt, float[] g, int gAt, float[] out, int outAt, int rows, int columns);

  /**
   * Matrix product {@code C = A B}, or {@code C += A B} where {@code accumulate}: A is {@code m x
   * k}, B is {@code k x n}, both with any steps, 0 included, so a transposed or expanded operand
   * needs no copy. The column step of C must be 1. {@code k = 0} gives zeros.
   */
  void gemm(int m, int n, int k, Matrix a, Matrix b, Matrix c, boolean accumulate);

  /**
   * {@code C = A B + bias}, {@code bias} being a row of {@code n} that every row of C starts from;
   * the rest as for {@link #gemm}.
   */
  default void linear(int m, int n, int k, Matrix a, Matrix b, float[] bias, int biasAt, Matrix c) {
    for (int i = 0; i < m; i++) {
      System.arraycopy(bias, biasAt, c.data, c.index(i, 0), n);
    }
    gemm(m, n, k, a, b, c, true);
  }

  /**
   * Affine maps by one {@code k x n} matrix, whose elements must not change while the result is in
   * use: it may keep them in another order, in memory of its own.
   */
  default AffineMap affineMap(int k, int n, Matrix b) {
    return (m, a, bias, biasAt, c) -> {
      if (bias == null) {
        gemm(m, n, k, a, b, c, false);
      } else {
        linear(m, n, k, a, b, bias, biasAt, c);
      }
    };
  }

  /** Convolution of these sizes, by whichever algorithm is fastest. */
  ConvolutionKernels convolution(ConvolutionSizes sizes);

  /**
   * Largest elements of {@code n} squares of 2 x 2 side by side: {@code out[i]} is that of {@code
   * x[2 i]}, {@code x[2 i + 1]} and the two elements {@code xRow} further on; NaN if there is one.
   */
  void maxSquares(float[] x, int xAt, int xRow, float[] out, int outAt, int n);

  /**
   * The gradient of {@link #maxSquares} over all of an image of one channel, where {@code y} are
   * the largest: {@code g} at the first of several largest (at the first NaN), 0 at the others. In
   * an odd last row or column {@code out} may be written or not; if so with 0.
   */
  void maxSquaresGradient(
      float[] x,
      int xAt,
      int height,
      int width,
      float[] y,
      int yAt,
      float[] g,
      int gAt,
      float[] out,
      int outAt);

  /**
   * Random numbers 0 and 1 of the generator Philox4x32-10: {@code out[i]} is 1 where word {@code i}
   * of the blocks from {@code counter} on, four words each, is below a threshold of 0 to 2^32.
   */
  void bernoulli(long key, long counter, long threshold, float[] out, int outAt, int n);

  /** The steps of recurrent layers. */
  RecurrentKernels recurrence();

  /** The loops of the normalizing operations. */
  NormalizationKernels normalization();
}
