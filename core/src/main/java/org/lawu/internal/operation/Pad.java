package org.lawu.internal.operation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ShapeException;
import org.lawu.internal.array.Layout;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.array.StridedCopy;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * The first input with the second, a scalar, around it: along axis {@code i}, {@code before[i]} of
 * them in front and {@code after[i]} behind. {@code dx} is the part of {@code g} that held {@code
 * x}.
 */
public record Pad(int[] before, int[] after) implements Operation {

  @Override
  public Saves saves() {
    return Saves.NOTHING;
  }

  @Override
  public NdArray forward(NdArray... inputs) {
    NdArray x = inputs[0];
    int rank = x.shape().rank();
    if (before.length != rank || after.length != rank) {
      throw new ShapeException(
          "pad: needs a size before and after each of the %d axes of %s, got before %s, after %s"
              .formatted(rank, x.shape(), Arrays.toString(before), Arrays.toString(after)));
    }
    int[] sizes = x.shape().toArray();
    for (int axis = 0; axis < rank; axis++) {
      if (before[axis] < 0 || after[axis] < 0) {
        throw new ShapeException(
            "pad: sizes must not be negative, got before %s, after %s; cut with slice"
                .formatted(Arrays.toString(before), Arrays.toString(after)));
      }
      sizes[axis] = Math.addExact(sizes[axis], Math.addExact(before[axis], after[axis]));
    }
    NdArray out = inputs[1].expand(Shape.of(sizes)).copy();
    Layout middle = out.layout();
    for (int axis = 0; axis < rank; axis++) {
      middle = middle.slice(axis, before[axis], 1, x.shape().size(axis));
    }
    StridedCopy.copy(x, out.withLayout(middle));
    return out;
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    return backward.each(() -> middle(backward.gradient()), () -> null);
  }

  private Tensor middle(Tensor g) {
    Tensor result = g;
    for (int axis = 0; axis < before.length; axis++) {
      result = result.slice(axis, before[axis], g.size(axis) - after[axis]);
    }
    return result;
  }
}
