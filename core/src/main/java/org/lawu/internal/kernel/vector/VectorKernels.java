package org.lawu.internal.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.lawu.internal.kernel.AffineMap;
import org.lawu.internal.kernel.BinaryFunction;
import org.lawu.internal.kernel.ConvolutionKernels;
import org.lawu.internal.kernel.ConvolutionSizes;
import org.lawu.internal.kernel.Matrix;
import org.lawu.internal.kernel.NormalizationKernels;
import org.lawu.internal.kernel.PanelPool;
import org.lawu.internal.kernel.RecurrentKernels;
import org.lawu.internal.kernel.ReduceFunction;
import org.lawu.internal.kernel.ScalarKernels;
import org.lawu.internal.kernel.UnaryFunction;

/** FLOAT32 kernels in SIMD code; what is left over after the last whole vector is scalar. */
public final class VectorKernels extends ScalarKernels {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private final VectorGemm gemm = new VectorGemm();
  private final PanelPool panels = new PanelPool();
  private final NormalizationKernels normalization = new VectorNormalization();

  /** Throws {@link UnsupportedOperationException} where the vectors are too short. */
  public VectorKernels() {
    if (SPECIES.vectorBitSize() < 128) {
      throw new UnsupportedOperationException(
          "vectors of "
              + SPECIES.vectorBitSize()
              + " bits are too short; remove -XX:MaxVectorSize from the java command");
    }
  }

  @Override
  public String name() {
    return "vector-" + SPECIES.vectorBitSize();
  }

  @Override
  public void unary(
      UnaryFunction function, float a, float b, float[] x, int xAt, float[] out, int outAt, int n) {
    int whole = SPECIES.loopBound(n);
    if (whole > 0) {
      VectorUnary.apply(function, a, b, x, xAt, out, outAt, whole);
    }
    if (whole == n) {
      return;
    }
    switch (function) {
      case EXP, LOG, TANH, SIGMOID, GELU, GELU_TANH, SILU, SOFTPLUS ->
          filledUp(function, x, xAt + whole, out, outAt + whole, n - whole);
      default -> super.unary(function, a, b, x, xAt + whole, out, outAt + whole, n - whole);
    }
  }

  /** Less than a vector, filled up to one: seven scalar exponentials take as long as 8 vectors. */
  private static void filledUp(
      UnaryFunction function, float[] x, int xAt, float[] out, int outAt, int n) {
    float[] vector = new float[LANES];
    System.arraycopy(x, xAt, vector, 0, n);
    VectorUnary.apply(function, 0, 0, vector, 0, vector, 0, LANES);
    System.arraycopy(vector, 0, out, outAt, n);
  }

  @Override
  protected void binary(
      BinaryFunction function,
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      float[] out,
      int outAt,
      int n) {
    int whole = SPECIES.loopBound(n);
    if (!VectorBinary.apply(function, x, xAt, y, yAt, out, outAt, whole)) {
      whole = 0;
    }
    if (whole < n) {
      super.binary(function, x, xAt + whole, y, yAt + whole, out, outAt + whole, n - whole);
    }
  }

  @Override
  public void axpy(float alpha, float[] x, int xAt, float[] y, int yAt, int n) {
    FloatVector factor = FloatVector.broadcast(SPECIES, alpha);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector sum = FloatVector.fromArray(SPECIES, y, yAt + i);
      FloatVector.fromArray(SPECIES, x, xAt + i).fma(factor, sum).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] += alpha * x[xAt + i];
    }
  }

  @Override
  public void mulAdd(
      float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector product =
          FloatVector.fromArray(SPECIES, x, xAt + i)
              .mul(FloatVector.fromArray(SPECIES, y, yAt + i));
      product.add(FloatVector.fromArray(SPECIES, z, zAt + i)).intoArray(out, outAt + i);
    }
    super.mulAdd(x, xAt + i, y, yAt + i, z, zAt + i, out, outAt + i, n - i);
  }

  @Override
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
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      VectorMask<Float> chosen = VectorMask.fromArray(SPECIES, mask, maskAt + i);
      FloatVector.fromArray(SPECIES, y, yAt + i)
          .blend(FloatVector.fromArray(SPECIES, x, xAt + i), chosen)
          .intoArray(out, outAt + i);
    }
    super.select(
        mask, maskAt + whole, x, xAt + whole, y, yAt + whole, out, outAt + whole, n - whole);
  }

  @Override
  public float reduce(ReduceFunction function, float[] x, int xAt, int n) {
    return switch (function) {
      case SUM -> VectorReduce.sum(x, xAt, n);
      case MAX -> VectorReduce.max(x, xAt, n);
      case MIN -> VectorReduce.min(x, xAt, n);
    };
  }

  @Override
  protected void reduceRows(
      ReduceFunction function,
      float[] x,
      int xAt,
      int rows,
      int rowStep,
      int columns,
      float[] out,
      int outAt) {
    int whole = SPECIES.loopBound(columns);
    switch (function) {
      case SUM -> VectorRows.sum(x, xAt, rows, rowStep, whole, out, outAt);
      case MAX -> VectorRows.max(x, xAt, rows, rowStep, whole, out, outAt);
      case MIN -> VectorRows.min(x, xAt, rows, rowStep, whole, out, outAt);
    }
    if (whole < columns) {
      super.reduceRows(
          function, x, xAt + whole, rows, rowStep, columns - whole, out, outAt + whole);
    }
  }

  @Override
  public float sumOfSquares(float shift, float[] x, int xAt, int n) {
    return VectorReduce.sumOfSquares(shift, x, xAt, n);
  }

  @Override
  public float dot(float[] x, int xAt, float[] y, int yAt, int n) {
    return VectorReduce.dot(x, xAt, y, yAt, n);
  }

  @Override
  protected int indexOf(float value, float[] x, int at, int n) {
    int skipped = Float.isNaN(value) ? 0 : VectorReduce.skipTo(value, x, at, n);
    return skipped + super.indexOf(value, x, at + skipped, n - skipped);
  }

  @Override
  public void softmax(float[] x, int xAt, float[] out, int outAt, int rows, int columns) {
    if (columns < LANES) {
      super.softmax(x, xAt, out, outAt, rows, columns);
      return;
    }
    VectorSoftmax.softmax(x, xAt, out, outAt, rows, columns);
  }

  @Override
  public void logSoftmax(float[] x, int xAt, float[] out, int outAt, int rows, int columns) {
    if (columns < LANES) {
      super.logSoftmax(x, xAt, out, outAt, rows, columns);
      return;
    }
    VectorSoftmax.logSoftmax(x, xAt, out, outAt, rows, columns);
  }

  @Override
  public void softmaxGradient(
      float[] y, int yAt, float[] g, int gAt, float[] out, int outAt, int rows, int columns) {
    for (int r = 0; r < rows; r++, yAt += columns, gAt += columns, outAt += columns) {
      float sum = VectorReduce.dot(y, yAt, g, gAt, columns);
      VectorSoftmax.gradient(sum, y, yAt, g, gAt, out, outAt, columns);
    }
  }

  @Override
  public void logSoftmaxGradient(
      float[] y, int yAt, float[] g, int gAt, float[] out, int outAt, int rows, int columns) {
    if (columns < LANES) {
      super.logSoftmaxGradient(y, yAt, g, gAt, out, outAt, rows, columns);
      return;
    }
    for (int r = 0; r < rows; r++, yAt += columns, gAt += columns, outAt += columns) {
      float sum = VectorReduce.sum(g, gAt, columns);
      unary(UnaryFunction.EXP, 0, 0, y, yAt, out, outAt, columns);
      VectorSoftmax.logGradient(sum, g, gAt, out, outAt, columns);
    }
  }

  @Override
  public void gemm(int m, int n, int k, Matrix a, Matrix b, Matrix c, boolean accumulate) {
    gemm.multiply(m, n, k, a, b, accumulate ? c : Tiles.ZERO, c);
  }

  @Override
  public void linear(int m, int n, int k, Matrix a, Matrix b, float[] bias, int biasAt, Matrix c) {
    gemm.multiply(m, n, k, a, b, new Matrix(bias, biasAt, 0, 1), c);
  }

  @Override
  public AffineMap affineMap(int k, int n, Matrix b) {
    return new KeptPanels(gemm, k, n, b);
  }

  @Override
  public ConvolutionKernels convolution(ConvolutionSizes sizes) {
    if (Winograd.suits(sizes)) {
      return new Winograd(sizes, panels);
    }
    if (GroupedConvolution.suits(sizes)) {
      return new GroupedConvolution(sizes, panels);
    }
    return super.convolution(sizes);
  }

  @Override
  public void maxSquares(float[] x, int xAt, int xRow, float[] out, int outAt, int n) {
    VectorPool.maxima(x, xAt, xRow, out, outAt, n);
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
    int room = n >= LANES ? 2 * n : 2 * LANES;
    int end = height * width;
    for (int row = 0; row + 1 < height; row += 2, yAt += n, gAt += n) {
      int at = row * width;
      boolean fits =
          at + width + room <= end
              && Math.max(yAt + n, yAt + LANES) <= y.length
              && Math.max(gAt + n, gAt + LANES) <= g.length;
      if (!fits
          || !VectorPool.maximaGradient(x, xAt + at, width, y, yAt, g, gAt, out, outAt + at, n)) {
        super.maxSquaresGradient(x, xAt + at, 2, width, y, yAt, g, gAt, out, outAt + at);
      }
    }
  }

  @Override
  public void bernoulli(long key, long counter, long threshold, float[] out, int outAt, int n) {
    boolean suits = VectorPhilox.SUITS && threshold < 1L << Integer.SIZE;
    int whole = suits ? n / VectorPhilox.WORDS * VectorPhilox.WORDS : 0;
    VectorPhilox.below(key, counter, (int) threshold, out, outAt, whole);
    if (whole < n) {
      super.bernoulli(key, counter + whole / 4, threshold, out, outAt + whole, n - whole);
    }
  }

  @Override
  public RecurrentKernels recurrence() {
    return new VectorRecurrence(this, panels);
  }

  @Override
  public NormalizationKernels normalization() {
    return normalization;
  }
}
