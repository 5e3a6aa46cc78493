package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.kernel.KernelProvider;
import org.lawu.internal.kernel.ReferenceKernels;
import org.lawu.internal.parallel.Parallel;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/**
 * The INT32 position of the first largest element along an axis (of the first NaN, if any). Without
 * a gradient.
 */
public record ArgMax(int axis, boolean keepDims) implements Operation {
  private static final int GRAIN = 1 << 14;

  @Override
  public Saves saves() {
    return Saves.NOTHING;
  }

  @Override
  public NdArray forward(NdArray... inputs) {
    NdArray input = inputs[0];
    Check.floating(name(), input);
    int along = input.shape().axis(name(), axis);
    int n = input.shape().size(along);
    var shape = input.shape().reduce(new int[] {along}, keepDims);
    if (n == 0 && shape.elements() > 0) {
      throw new ArgumentException(
          "%s: axis %d of %s has no elements to choose from"
              .formatted(name(), axis, input.shape()));
    }
    NdArray x = LastAxis.moved(input, along);
    NdArray out = NdArray.allocate(DType.INT32, shape);
    var kernels = KernelProvider.kernels();
    Parallel.range(
        shape.elements(),
        Math.max(1, GRAIN / Math.max(1, n)),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int at = x.offset() + i * n;
            out.ints()[i] =
                x.dtype() == DType.FLOAT32
                    ? kernels.argMax(x.floats(), at, n)
                    : ReferenceKernels.argMax(x.doubles(), at, n);
          }
        });
    return out;
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    return new @Nullable Tensor[1];
  }
}
