package org.lawu.internal.operation;

import org.lawu.internal.kernel.UnaryFunction;
import org.lawu.tensor.Tensor;

/** Exponential: {@code y = e^x}, {@code dx = y g}. */
public record Exp() implements Unary {

  @Override
  public double reference(double x) {
    return Math.exp(x);
  }

  @Override
  public UnaryFunction kernel() {
    return UnaryFunction.EXP;
  }

  @Override
  public Saves saves() {
    return Saves.OUTPUT;
  }

  @Override
  public Tensor gradient(Backward backward) {
    return backward.gradient().mul(backward.output());
  }
}
