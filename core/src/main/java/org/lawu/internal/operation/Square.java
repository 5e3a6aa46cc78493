package org.lawu.internal.operation;

import org.lawu.internal.kernel.UnaryFunction;
import org.lawu.tensor.Tensor;

/** Square: {@code y = x^2}, {@code dx = 2 x g}. */
public record Square() implements Unary {

  @Override
  public double reference(double x) {
    return x * x;
  }

  @Override
  public UnaryFunction kernel() {
    return UnaryFunction.SQUARE;
  }

  @Override
  public boolean wholeNumbers() {
    return true;
  }

  @Override
  public Tensor gradient(Backward backward) {
    return backward.gradient().mul(backward.input(0)).mul(2);
  }
}
