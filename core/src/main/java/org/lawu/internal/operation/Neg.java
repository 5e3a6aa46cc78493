package org.lawu.internal.operation;

import org.lawu.internal.kernel.UnaryFunction;
import org.lawu.tensor.Tensor;

/** Negation: {@code y = -x}, {@code dx = -g}. */
public record Neg() implements Unary {

  @Override
  public double reference(double x) {
    return -x;
  }

  @Override
  public UnaryFunction kernel() {
    return UnaryFunction.NEG;
  }

  @Override
  public boolean wholeNumbers() {
    return true;
  }

  @Override
  public Saves saves() {
    return Saves.NOTHING;
  }

  @Override
  public Tensor gradient(Backward backward) {
    return backward.gradient().neg();
  }
}
