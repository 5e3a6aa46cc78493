package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.tensor.Tensor;

/** The elements along some axes (none: all) in reverse order; the gradient is flipped back. */
public record Flip(int[] axes) implements Operation {

  @Override
  public Saves saves() {
    return Saves.NOTHING;
  }

  @Override
  public NdArray forward(NdArray... inputs) {
    NdArray x = inputs[0];
    // A copy: kernels read forwards only.
    return x.withLayout(x.layout().flip(x.shape().axes(name(), axes))).copy();
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    return backward.each(() -> backward.gradient().flip(axes));
  }
}
