package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.error.ShapeException;
import org.lawu.internal.array.NdArray;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Broadcasting to a shape, as a view that repeats elements without copying them. {@code dx} is the
 * sum of {@code g} over the repetitions.
 */
public record Expand(Shape shape) implements Operation {

  @Override
  public Saves saves() {
    return Saves.NOTHING;
  }

  @Override
  public NdArray forward(NdArray... inputs) {
    if (!inputs[0].shape().broadcastsTo(shape)) {
      throw new ShapeException(
          "expand: %s does not broadcast to %s; aligned at the last axis, sizes must be equal or 1"
              .formatted(inputs[0].shape(), shape));
    }
    return inputs[0].expand(shape);
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    return backward.each(backward::gradient);
  }
}
