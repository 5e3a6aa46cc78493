package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.kernel.BinaryFunction;
import org.lawu.internal.kernel.UnaryFunction;
import org.lawu.tensor.Tensor;

/**
 * Rectified linear unit: {@code y = max(x, 0)}, {@code dx = g} where {@code x > 0}, else 0. NaN
 * stays NaN.
 */
public record Relu() implements Unary {

  @Override
  public double reference(double x) {
    return x > 0 || Double.isNaN(x) ? x : 0;
  }

  @Override
  public UnaryFunction kernel() {
    return UnaryFunction.RELU;
  }

  @Override
  public boolean wholeNumbers() {
    return true;
  }

  @Override
  public Saves saves() {
    return Saves.OUTPUT;
  }

  @Override
  public Tensor gradient(Backward backward) {
    return backward.overGradient(new Gradient(), backward.output());
  }

  /** {@code y > 0 ? g : 0} in one pass; constant in {@code y}, so without a gradient there. */
  public record Gradient() implements Binary {

    @Override
    public double reference(double y, double g) {
      return y > 0 ? g : 0;
    }

    @Override
    public BinaryFunction kernel() {
      return BinaryFunction.RELU_GRADIENT;
    }

    @Override
    public @Nullable Tensor[] gradients(Backward backward) {
      return backward.each(
          () -> null, () -> backward.apply(this, backward.input(0), backward.gradient()));
    }
  }
}
