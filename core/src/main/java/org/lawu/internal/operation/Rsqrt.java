package org.lawu.internal.operation;

import org.lawu.tensor.Tensor;

/** Reciprocal square root: {@code y = 1 / sqrt(x)}, {@code dx = -y^3 g / 2}; NaN below 0. */
public record Rsqrt() implements Unary {

  @Override
  public double reference(double x) {
    return 1 / Math.sqrt(x);
  }

  @Override
  public Saves saves() {
    return Saves.OUTPUT;
  }

  @Override
  public Tensor gradient(Backward backward) {
    Tensor y = backward.output();
    return backward.gradient().mul(y.square().mul(y).mul(-0.5));
  }
}
