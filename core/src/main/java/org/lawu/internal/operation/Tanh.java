package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.kernel.BinaryFunction;
import org.lawu.internal.kernel.UnaryFunction;
import org.lawu.tensor.Tensor;

/** Hyperbolic tangent: {@code y = tanh(x)}, {@code dx = (1 - y^2) g}. */
public record Tanh() implements Unary {

  @Override
  public double reference(double x) {
    return Math.tanh(x);
  }

  @Override
  public UnaryFunction kernel() {
    return UnaryFunction.TANH;
  }

  @Override
  public Saves saves() {
    return Saves.OUTPUT;
  }

  @Override
  public Tensor gradient(Backward backward) {
    return backward.overGradient(new Gradient(), backward.output());
  }

  /** {@code (1 - y^2) g} in one pass; {@code dy = -2 y g u} for the upper gradient {@code u}. */
  public record Gradient() implements Binary {

    @Override
    public double reference(double y, double g) {
      return (1 - y * y) * g;
    }

    @Override
    public BinaryFunction kernel() {
      return BinaryFunction.TANH_GRADIENT;
    }

    @Override
    public @Nullable Tensor[] gradients(Backward backward) {
      Tensor y = backward.input(0);
      Tensor g = backward.input(1);
      Tensor upper = backward.gradient();
      return backward.each(() -> y.mul(g).mul(upper).mul(-2), () -> backward.apply(this, y, upper));
    }
  }
}
