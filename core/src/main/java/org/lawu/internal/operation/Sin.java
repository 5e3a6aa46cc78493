package org.lawu.internal.operation;

import org.lawu.tensor.Tensor;

/** Sine: {@code y = sin(x)}, {@code dx = cos(x) g}. */
public record Sin() implements Unary {

  @Override
  public double reference(double x) {
    return Math.sin(x);
  }

  @Override
  public Tensor gradient(Backward backward) {
    return backward.gradient().mul(backward.input(0).cos());
  }
}
