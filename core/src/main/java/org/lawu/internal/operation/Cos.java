package org.lawu.internal.operation;

import org.lawu.tensor.Tensor;

/** Cosine: {@code y = cos(x)}, {@code dx = -sin(x) g}. */
public record Cos() implements Unary {

  @Override
  public double reference(double x) {
    return Math.cos(x);
  }

  @Override
  public Tensor gradient(Backward backward) {
    return backward.gradient().mul(backward.input(0).sin().neg());
  }
}
