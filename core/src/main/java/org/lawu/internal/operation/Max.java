package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.kernel.ReduceFunction;
import org.lawu.tensor.Tensor;

/**
 * The largest element over axes; NaN if any is NaN. The gradient goes to the largest element, in
 * equal parts where several are: {@code dx_i = g [x_i = y] / count}.
 */
public record Max(int[] axes, boolean keepDims) implements Reduction {

  @Override
  public ReduceFunction function() {
    return ReduceFunction.MAX;
  }

  @Override
  public Saves saves() {
    return Saves.BOTH;
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    return backward.each(() ->
        Share.amongEqual(
            backward.input(0),
            backward.output(),
            backward.gradient(),
            backward.shape(0).axes(name(), axes)));
  }
}
