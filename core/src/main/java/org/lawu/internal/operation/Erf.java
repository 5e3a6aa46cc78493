package org.lawu.internal.operation;

import org.lawu.tensor.Tensor;

/** Error function: {@code y = erf(x)}, {@code dx = 2 / sqrt(pi) e^(-x^2) g}. */
public record Erf() implements Unary {

  @Override
  public double reference(double x) {
    return org.lawu.internal.kernel.Erf.erf(x);
  }

  @Override
  public Tensor gradient(Backward backward) {
    Tensor slope = backward.input(0).square().neg().exp().mul(2 / Math.sqrt(Math.PI));
    return backward.gradient().mul(slope);
  }
}
