package org.lawu.internal.operation;

import org.lawu.internal.kernel.UnaryFunction;
import org.lawu.tensor.Tensor;

/** Absolute value: {@code y = |x|}, {@code dx = sign(x) g}; at 0 the gradient is 0. */
public record Abs() implements Unary {

  @Override
  public double reference(double x) {
    return Math.abs(x);
  }

  @Override
  public UnaryFunction kernel() {
    return UnaryFunction.ABS;
  }

  @Override
  public boolean wholeNumbers() {
    return true;
  }

  @Override
  public Tensor gradient(Backward backward) {
    return backward.gradient().mul(backward.input(0).sign());
  }
}
