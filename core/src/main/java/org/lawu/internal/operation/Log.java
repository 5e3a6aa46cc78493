package org.lawu.internal.operation;

import org.lawu.internal.kernel.UnaryFunction;
import org.lawu.tensor.Tensor;

/** Natural logarithm: {@code y = log(x)}, {@code dx = g / x}; NaN below 0. */
public record Log() implements Unary {

  @Override
  public double reference(double x) {
    return Math.log(x);
  }

  @Override
  public UnaryFunction kernel() {
    return UnaryFunction.LOG;
  }

  @Override
  public Tensor gradient(Backward backward) {
    return backward.gradient().div(backward.input(0));
  }
}
