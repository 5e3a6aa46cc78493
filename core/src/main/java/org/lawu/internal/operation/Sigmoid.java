package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.kernel.BinaryFunction;
import org.lawu.internal.kernel.UnaryFunction;
import org.lawu.tensor.Tensor;

/** Logistic function: {@code y = 1 / (1 + e^-x)}, {@code dx = y (1 - y) g}. */
public record Sigmoid() implements Unary {

  @Override
  public double reference(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Override
  public UnaryFunction kernel() {
    return UnaryFunction.SIGMOID;
  }

  @Override
  public Saves saves() {
    return Saves.OUTPUT;
  }

  @Override
  public Tensor gradient(Backward backward) {
    return backward.overGradient(new Gradient(), backward.output());
  }

  /**
   * {@code y (1 - y) g} in one pass; {@code dy = (1 - 2 y) g u} for the upper gradient {@code u}.
   */
  public record Gradient() implements Binary {

    @Override
    public double reference(double y, double g) {
      return y * (1 - y) * g;
    }

    @Override
    public BinaryFunction kernel() {
      return BinaryFunction.SIGMOID_GRADIENT;
    }

    @Override
    public @Nullable Tensor[] gradients(Backward backward) {
      Tensor y = backward.input(0);
      Tensor g = backward.input(1);
      Tensor upper = backward.gradient();
      return backward.each(
          () -> y.mul(-2).add(1).mul(g).mul(upper), () -> backward.apply(this, y, upper));
    }
  }
}
