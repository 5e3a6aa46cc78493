package org.lawu.internal.operation;

import org.lawu.tensor.Tensor;

/**
 * Exponential linear unit (Clevert et al. 2016): {@code y = x} where {@code x > 0}, else {@code
 * alpha (e^x - 1)}; {@code dx = g} or {@code alpha e^x g}.
 */
public record Elu(double alpha) implements Unary {

  @Override
  public double reference(double x) {
    return x > 0 ? x : alpha * Math.expm1(x);
  }

  @Override
  public Tensor gradient(Backward backward) {
    Tensor x = backward.input(0);
    Tensor g = backward.gradient();
    // Exponents above 0 are not used, and could overflow.
    return Tensor.where(x.greater(0), g, g.mul(x.minimum(0).exp().mul(alpha)));
  }
}
