package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.tensor.Tensor;

/**
 * Layer normalization of {@code x} over the last axes, which are those of the weight: {@code y = (x
 * - mean) / sqrt(variance + epsilon) weight + bias}; Ba et al. (2016). The gradient is in {@link
 * RowNormalization}.
 */
public record LayerNorm(double epsilon) implements Fused {

  /** Refuses an epsilon that is not positive and finite. */
  public LayerNorm {
    RowNormalization.epsilon("layerNorm", epsilon);
  }

  @Override
  public void check(NdArray... inputs) {
    RowNormalization.check(name(), inputs[0], inputs[1], inputs[2]);
  }

  @Override
  public Result compute(boolean keep, NdArray... inputs) {
    return new RowNormalization(true, epsilon).compute(inputs[0], inputs[1], inputs[2]);
  }

  @Override
  public @Nullable NdArray[] gradients(Call call) {
    return new RowNormalization(true, epsilon).gradients(call);
  }

  @Override
  public Tensor composed(Steps steps, Tensor... inputs) {
    Tensor x = inputs[0];
    int[] axes = RowNormalization.axes(x.shape(), inputs[1].shape());
    Tensor centered = x.sub(x.mean(axes, true));
    Tensor variance = centered.square().mean(axes, true);
    return centered.div(variance.add(epsilon).sqrt()).mul(inputs[1]).add(inputs[2]);
  }
}
