package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.kernel.ReduceFunction;
import org.lawu.tensor.Tensor;

/**
 * Sum over axes: {@code y = sum over i of x_i}, {@code dx_i = g}. The sum of no elements is 0.
 * FLOAT32 sums run in blocks of fixed size and order, so the error grows with the logarithm of
 * their number.
 */
public record Sum(int[] axes, boolean keepDims) implements Reduction {

  @Override
  public ReduceFunction function() {
    return ReduceFunction.SUM;
  }

  @Override
  public Saves saves() {
    return Saves.NOTHING;
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    var shape = backward.shape(0);
    int[] reduced = shape.axes(name(), axes);
    return backward.each(
        () -> backward.gradient().reshape(shape.reduce(reduced, true)).expand(shape));
  }
}
