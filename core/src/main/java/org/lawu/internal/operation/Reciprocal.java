package org.lawu.internal.operation;

import org.lawu.tensor.Tensor;

/** Reciprocal: {@code y = 1 / x}, {@code dx = -y^2 g}. */
public record Reciprocal() implements Unary {

  @Override
  public double reference(double x) {
    return 1 / x;
  }

  @Override
  public Saves saves() {
    return Saves.OUTPUT;
  }

  @Override
  public Tensor gradient(Backward backward) {
    return backward.gradient().mul(backward.output().square().neg());
  }
}
