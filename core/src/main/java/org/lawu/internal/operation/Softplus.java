package org.lawu.internal.operation;

import org.lawu.internal.kernel.UnaryFunction;
import org.lawu.tensor.Tensor;

/**
 * Softplus: {@code y = log(1 + e^x)}, computed as {@code max(x, 0) + log1p(e^-|x|)} so that it does
 * not overflow; {@code dx = sigmoid(x) g}.
 */
public record Softplus() implements Unary {

  @Override
  public double reference(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  @Override
  public UnaryFunction kernel() {
    return UnaryFunction.SOFTPLUS;
  }

  @Override
  public Tensor gradient(Backward backward) {
    return backward.gradient().mul(backward.input(0).sigmoid());
  }
}
