package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.tensor.Tensor;

/**
 * The first input with the elements of the third added to it, in row-major order, each at its own
 * place but, along one axis, at the index that the second names: {@code out[i, index[i, j]] +=
 * source[i, j]} for axis 1. Index and source have one shape. {@code dx = g}, {@code dsource}
 * gathers {@code g}.
 */
public record ScatterAdd(int axis) implements Operation {

  @Override
  public NdArray forward(NdArray... inputs) {
    NdArray x = inputs[0];
    NdArray source = inputs[2].contiguous();
    Check.floating(name(), x);
    Check.sameType(name(), x, source);
    NdArray index = Gather.checkedIndex(name(), inputs[1], x.shape(), axis);
    NdArray out = x.copy();
    Gather.addAtPlaces(source, index, out, x.shape().axis(name(), axis));
    return out;
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    Tensor g = backward.gradient();
    return backward.each(() -> g, () -> null, () -> g.gather(axis, backward.input(1)));
  }
}
