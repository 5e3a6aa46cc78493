package org.lawu.internal.operation;

import org.lawu.tensor.Tensor;

/**
 * Hard swish (Howard et al. 2019, MobileNetV3): {@code y = x min(max(x + 3, 0), 6) / 6}; {@code dx}
 * is 0 below -3, {@code g} above 3 and {@code (x / 3 + 1 / 2) g} between.
 */
public record HardSwish() implements Unary {

  @Override
  public double reference(double x) {
    if (x <= -3) {
      return 0;
    }
    return x >= 3 ? x : x * (x + 3) / 6;
  }

  @Override
  public Tensor gradient(Backward backward) {
    Tensor x = backward.input(0);
    Tensor g = backward.gradient();
    Tensor zero = Tensor.scalar(0, g.dtype());
    Tensor between = g.mul(x.clamp(-3, 3).div(3).add(0.5));
    return Tensor.where(x.less(-3), zero, Tensor.where(x.greater(3), g, between));
  }
}
