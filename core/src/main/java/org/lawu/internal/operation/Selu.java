package org.lawu.internal.operation;

import org.lawu.tensor.Tensor;

/**
 * Scaled exponential linear unit (Klambauer et al. 2017): {@code y = scale x} where {@code x > 0},
 * else {@code scale alpha (e^x - 1)}; {@code dx = scale g} or {@code scale alpha e^x g}. With the
 * paper's two constants, mean 0 and variance 1 are a fixed point of a layer.
 */
public record Selu() implements Unary {
  private static final double ALPHA = 1.6732632423543772848170429916717;
  private static final double SCALE = 1.0507009873554804934193349852946;

  @Override
  public double reference(double x) {
    return SCALE * (x > 0 ? x : ALPHA * Math.expm1(x));
  }

  @Override
  public Tensor gradient(Backward backward) {
    Tensor x = backward.input(0);
    Tensor g = backward.gradient().mul(SCALE);
    // Exponents above 0 are not used, and could overflow.
    return Tensor.where(x.greater(0), g, g.mul(x.minimum(0).exp().mul(ALPHA)));
  }
}
