package org.lawu.internal.operation;

import org.lawu.tensor.Tensor;

/**
 * Mish (Misra 2019): {@code y = x t} with {@code t = tanh(softplus(x))}; {@code dx = (t + x
 * sigmoid(x) (1 - t^2)) g}.
 */
public record Mish() implements Unary {

  @Override
  public double reference(double x) {
    // The limit, where the product would be -infinity times 0.
    return x == Double.NEGATIVE_INFINITY ? 0 : x * Math.tanh(new Softplus().reference(x));
  }

  @Override
  public Tensor gradient(Backward backward) {
    Tensor x = backward.input(0);
    Tensor t = x.softplus().tanh();
    Tensor slope = x.mul(x.sigmoid()).mul(t.square().neg().add(1)).add(t);
    return backward.gradient().mul(slope);
  }
}
