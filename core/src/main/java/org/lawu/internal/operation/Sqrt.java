package org.lawu.internal.operation;

import org.lawu.internal.kernel.UnaryFunction;
import org.lawu.tensor.Tensor;

/** Square root: {@code y = sqrt(x)}, {@code dx = g / (2 y)}; NaN below 0. */
public record Sqrt() implements Unary {

  @Override
  public double reference(double x) {
    return Math.sqrt(x);
  }

  @Override
  public UnaryFunction kernel() {
    return UnaryFunction.SQRT;
  }

  @Override
  public Saves saves() {
    return Saves.OUTPUT;
  }

  @Override
  public Tensor gradient(Backward backward) {
    return backward.gradient().div(backward.output().mul(2));
  }
}
