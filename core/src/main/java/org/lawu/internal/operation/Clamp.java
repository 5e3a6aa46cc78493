package org.lawu.internal.operation;

import org.lawu.internal.kernel.UnaryFunction;
import org.lawu.tensor.Tensor;

/**
 * Clamping: {@code y = min(max(x, min), max)}, {@code dx = g} where {@code min <= x <= max}, else
 * 0. NaN stays NaN.
 */
public record Clamp(double min, double max) implements Unary {

  @Override
  public double reference(double x) {
    return Double.isNaN(x) ? x : Math.min(Math.max(x, min), max);
  }

  @Override
  public UnaryFunction kernel() {
    return UnaryFunction.CLAMP;
  }

  @Override
  public Tensor gradient(Backward backward) {
    Tensor x = backward.input(0);
    return Tensor.where(
        x.greaterEqual(min).and(x.lessEqual(max)),
        backward.gradient(),
        Tensor.scalar(0, x.dtype()));
  }

  @Override
  public float a() {
    return (float) min;
  }

  @Override
  public float b() {
    return (float) max;
  }
}
