package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * The same elements in row-major order under another shape; a view where the input is contiguous.
 * {@code dx} is {@code g} under the input's shape.
 */
public record Reshape(Shape shape) implements Operation {

  @Override
  public Saves saves() {
    return Saves.NOTHING;
  }

  @Override
  public NdArray forward(NdArray... inputs) {
    return inputs[0].reshape(inputs[0].shape().reshape(name(), shape.toArray()));
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    return backward.each(() -> backward.gradient().reshape(backward.shape(0)));
  }
}
