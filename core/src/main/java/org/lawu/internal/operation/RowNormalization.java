package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.kernel.KernelProvider;
import org.lawu.internal.kernel.ReduceFunction;
import org.lawu.internal.parallel.Parallel;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;

/**
 * Normalization of FLOAT32 rows, {@code y = z weight + bias} with {@code z = (x - mean) scale} and
 * {@code scale = 1 / sqrt(variance + epsilon)}; where not centered, the mean counts as 0. With
 * {@code u = g weight}, the gradient is {@code dx = scale (u - mean(u) - z mean(u z))}, {@code
 * dweight = sum over rows of g z}, {@code dbias = sum over rows of g}; where not centered, without
 * {@code mean(u)}. Mean and scale of each row are kept.
 *
 * <p>A row is small enough for the cache, so its passes read memory once.
 */
record RowNormalization(boolean centered, double epsilon) {
  /** Elements below which dividing the work among threads costs more than it gains. */
  private static final int GRAIN = 1 << 13;

  /** Pieces of the sums over rows, at most; each takes memory. */
  private static final int PIECES = 64;

  /** The number, which must be positive and finite. */
  static double epsilon(String operation, double epsilon) {
    if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new ArgumentException(
          "%s: epsilon must be positive and finite, got %s".formatted(operation, epsilon));
    }
    return epsilon;
  }

  /** Refuses a weight, or bias, that has not the shape of the last axes. */
  static void check(String operation, NdArray x, NdArray weight, @Nullable NdArray bias) {
    Check.floating(operation, x);
    Check.sameType(operation, x, weight);
    Shape shape = weight.shape();
    int first = x.shape().rank() - shape.rank();
    if (shape.rank() == 0 || shape.elements() == 0) {
      throw new ShapeException(
          "%s: the weight must have axes and elements, got %s".formatted(operation, shape));
    }
    if (first < 0 || !x.shape().slice(first, x.shape().rank()).equals(shape)) {
      throw new ShapeException(
          "%s: the last axes must be those of the weight %s, input is %s"
              .formatted(operation, shape, x.shape()));
    }
    if (bias != null) {
      Check.sameType(operation, x, bias);
      if (!bias.shape().equals(shape)) {
        throw new ShapeException(
            "%s: the bias must be %s like the weight, got %s"
                .formatted(operation, shape, bias.shape()));
      }
    }
  }

  /** The axes that are normalized over. */
  static int[] axes(Shape x, Shape weight) {
    int[] axes = new int[weight.rank()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = x.rank() - axes.length + i;
    }
    return axes;
  }

  Fused.Result compute(NdArray input, NdArray weights, @Nullable NdArray biases) {
    var kernels = KernelProvider.kernels();
    var loops = kernels.normalization();
    NdArray x = input.contiguous();
    NdArray weight = weights.contiguous();
    NdArray bias =
        biases == null ? NdArray.zeros(DType.FLOAT32, weight.shape()) : biases.contiguous();
    NdArray out = NdArray.allocate(DType.FLOAT32, x.shape());
    int n = weight.elements();
    int rows = x.elements() / n;
    NdArray moments = NdArray.allocate(DType.FLOAT32, Shape.of(rows, 2));
    Parallel.range(
        rows,
        Math.max(1, GRAIN / n),
        (from, to) -> {
          for (int row = from; row < to; row++) {
            int at = x.offset() + row * n;
            float mean = centered ? kernels.reduce(ReduceFunction.SUM, x.floats(), at, n) / n : 0;
            float variance = kernels.sumOfSquares(mean, x.floats(), at, n) / n;
            float scale = (float) (1 / Math.sqrt(variance + epsilon));
            moments.floats()[2 * row] = mean;
            moments.floats()[2 * row + 1] = scale;
            loops.standardizeRow(
                mean,
                scale,
                x.floats(),
                at,
                weight.floats(),
                weight.offset(),
                bias.floats(),
                bias.offset(),
                out.floats(),
                row * n,
                n);
          }
        });
    return new Fused.Result(out, moments);
  }

  /** The gradients of input, weight and bias. */
  NdArray[] gradients(Fused.Call call) {
    NdArray x = call.inputs()[0].contiguous();
    NdArray g = call.gradient().contiguous();
    NdArray weight = call.inputs()[1].contiguous();
    int n = weight.elements();
    int rows = x.elements() / n;
    NdArray out = NdArray.allocate(DType.FLOAT32, x.shape());
    int length = Math.max(Math.max(1, GRAIN / n), (rows + PIECES - 1) / PIECES);
    int pieces = (rows + length - 1) / length;
    // For each piece the weight's gradient, then the bias's.
    NdArray sums = NdArray.zeros(DType.FLOAT32, Shape.of(pieces, 2 * n));
    Parallel.range(
        rows,
        length,
        (from, to) ->
            rows(from, to, x, g, weight, call.kept()[0], out, sums, from / length * 2 * n));
    NdArray total = NdArray.allocate(DType.FLOAT32, Shape.of(2, n));
    KernelProvider.kernels()
        .reduceRows(ReduceFunction.SUM, sums.floats(), 0, pieces, 2 * n, total.floats(), 0);
    NdArray weightGradient = total.withLayout(total.layout().slice(0, 0, 1, 1));
    NdArray biasGradient = total.withLayout(total.layout().slice(0, 1, 1, 1));
    return new NdArray[] {
      out, weightGradient.reshape(weight.shape()), biasGradient.reshape(weight.shape())
    };
  }

  private void rows(
      int from,
      int to,
      NdArray x,
      NdArray g,
      NdArray weight,
      NdArray moments,
      NdArray out,
      NdArray sums,
      int sumsAt) {
    var loops = KernelProvider.kernels().normalization();
    int n = weight.elements();
    float[] both = new float[2];
    for (int row = from; row < to; row++) {
      int at = row * n;
      float mean = moments.floats()[2 * row];
      float scale = moments.floats()[2 * row + 1];
      loops.rowSums(
          mean,
          scale,
          x.floats(),
          x.offset() + at,
          g.floats(),
          g.offset() + at,
          weight.floats(),
          weight.offset(),
          sums.floats(),
          sumsAt,
          sums.floats(),
          sumsAt + n,
          both,
          n);
      loops.rowGradient(
          mean,
          scale,
          centered ? both[0] / n : 0,
          both[1] / n,
          x.floats(),
          x.offset() + at,
          g.floats(),
          g.offset() + at,
          weight.floats(),
          weight.offset(),
          out.floats(),
          at,
          n);
    }
  }
}
