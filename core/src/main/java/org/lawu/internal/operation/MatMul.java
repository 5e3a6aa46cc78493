package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.error.ShapeException;
import org.lawu.internal.array.Layout;
import org.lawu.internal.array.LoopNest;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.parallel.Parallel;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Matrix product over the last two axes, the others being broadcast: {@code C = A B}, {@code dA = G
 * B^T}, {@code dB = A^T G}. Both operands have two axes or more. Transposed and expanded operands
 * are read in place.
 */
public record MatMul() implements Operation {
  /** Multiplications below which a thread is not worth its start. */
  private static final long GRAIN = 1 << 17;

  @Override
  public String name() {
    return "matmul";
  }

  @Override
  public NdArray forward(NdArray... inputs) {
    NdArray a = inputs[0];
    NdArray b = inputs[1];
    Check.floating(name(), a);
    Check.sameType(name(), a, b);
    int k = a.shape().size(-1);
    if (k != b.shape().size(-2)) {
      throw new ShapeException(
          "matmul: inner sizes differ: %s x %s (%d vs %d)"
              .formatted(a.shape(), b.shape(), k, b.shape().size(-2)));
    }
    Shape batch = Shape.broadcast(name(), leading(a.shape()), leading(b.shape()));
    int m = a.shape().size(-2);
    int n = b.shape().size(-1);
    NdArray out = NdArray.allocate(a.dtype(), batch.concat(Shape.of(m, n)));
    if (out.elements() == 0) {
      return out;
    }
    var nest = LoopNest.of(starts(a, batch), starts(b, batch), starts(out, batch));
    int length = nest.runLength();
    int count = nest.runs() * length;
    long work = Math.max(1, (long) m * n * k);
    // Large products divide themselves; small ones are dealt out whole.
    int grain = work >= GRAIN * 8 ? count : (int) Math.max(1, GRAIN / work);
    Parallel.range(
        count,
        grain,
        (first, last) ->
            nest.forEachRun(
                first / length,
                (last + length - 1) / length,
                (run, at) -> {
                  int low = Math.max(0, first - run * length);
                  int high = Math.min(length, last - run * length);
                  for (int i = low; i < high; i++) {
                    Gemm.multiply(
                        a,
                        at[0] + i * nest.runStride(0),
                        b,
                        at[1] + i * nest.runStride(1),
                        out,
                        at[2] + i * nest.runStride(2),
                        false);
                  }
                }));
    return out;
  }

  private static Shape leading(Shape shape) {
    return shape.slice(0, shape.rank() - 2);
  }

  /** The layout of the first elements of the matrices, broadcast to the batch. */
  private static Layout starts(NdArray x, Shape batch) {
    return x.layout().leading(x.shape().rank() - 2).expand(batch);
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    Tensor g = backward.gradient();
    return backward.each(
        () -> g.matmul(backward.input(1).transpose(-1, -2)),
        () -> backward.input(0).transpose(-1, -2).matmul(g));
  }
}
