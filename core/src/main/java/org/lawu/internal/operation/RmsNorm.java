package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.tensor.Tensor;

/**
 * Normalization of {@code x} by its root mean square over the last axes, which are those of the
 * weight: {@code y = x / sqrt(mean(x^2) + epsilon) weight}; Zhang and Sennrich (2019). The gradient
 * is in {@link RowNormalization}.
 */
public record RmsNorm(double epsilon) implements Fused {

  /** Refuses an epsilon that is not positive and finite. */
  public RmsNorm {
    RowNormalization.epsilon("rmsNorm", epsilon);
  }

  @Override
  public void check(NdArray... inputs) {
    RowNormalization.check(name(), inputs[0], inputs[1], null);
  }

  @Override
  public Result compute(boolean keep, NdArray... inputs) {
    return new RowNormalization(false, epsilon).compute(inputs[0], inputs[1], null);
  }

  @Override
  public @Nullable NdArray[] gradients(Call call) {
    NdArray[] gradients = new RowNormalization(false, epsilon).gradients(call);
    return new @Nullable NdArray[] {gradients[0], gradients[1]};
  }

  @Override
  public Tensor composed(Steps steps, Tensor... inputs) {
    Tensor x = inputs[0];
    int[] axes = RowNormalization.axes(x.shape(), inputs[1].shape());
    return x.div(x.square().mean(axes, true).add(epsilon).sqrt()).mul(inputs[1]);
  }
}
