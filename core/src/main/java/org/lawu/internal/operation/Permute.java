package org.lawu.internal.operation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lawu.error.IndexException;
import org.lawu.internal.array.NdArray;
import org.lawu.tensor.Tensor;

/**
 * The axes in another order, as a view: axis {@code i} of the result is the input's axis {@code
 * axes[i]}. {@code dx} is {@code g} in the inverse order.
 */
public record Permute(int... axes) implements Operation {

  @Override
  public Saves saves() {
    return Saves.NOTHING;
  }

  @Override
  public NdArray forward(NdArray... inputs) {
    NdArray x = inputs[0];
    if (axes.length != x.shape().rank()) {
      throw new IndexException(
          "permute: needs each of the %d axes of %s once, got %s"
              .formatted(x.shape().rank(), x.shape(), Arrays.toString(axes)));
    }
    x.shape().axes(name(), axes);
    int[] order = new int[axes.length];
    Arrays.setAll(order, i -> x.shape().axis(name(), axes[i]));
    return x.withLayout(x.layout().permute(order));
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    int[] inverse = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      inverse[backward.shape(0).axis(name(), axes[i])] = i;
    }
    return backward.each(() -> backward.gradient().permute(inverse));
  }
}
