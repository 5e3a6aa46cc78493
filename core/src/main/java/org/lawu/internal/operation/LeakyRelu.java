package org.lawu.internal.operation;

import org.lawu.internal.kernel.UnaryFunction;
import org.lawu.tensor.Tensor;

/**
 * Leaky rectified linear unit (Maas et al. 2013): {@code y = x} where {@code x > 0}, else {@code
 * slope x}; {@code dx = g} or {@code slope g}.
 */
public record LeakyRelu(double slope) implements Unary {

  @Override
  public double reference(double x) {
    return x > 0 ? x : slope * x;
  }

  @Override
  public UnaryFunction kernel() {
    return UnaryFunction.LEAKY_RELU;
  }

  @Override
  public Tensor gradient(Backward backward) {
    return Tensor.where(
        backward.input(0).greater(0), backward.gradient(), backward.gradient().mul(slope));
  }

  @Override
  public float a() {
    return (float) slope;
  }
}
