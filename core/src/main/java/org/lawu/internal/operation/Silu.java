package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.kernel.BinaryFunction;
import org.lawu.internal.kernel.UnaryFunction;
import org.lawu.tensor.Tensor;

/**
 * Sigmoid linear unit, or swish (Elfwing et al. 2017): {@code y = x s} with {@code s = sigmoid(x)};
 * {@code dx = s (1 + x (1 - s)) g}.
 */
public record Silu() implements Unary {

  @Override
  public double reference(double x) {
    // The limit, where the quotient would be -infinity by infinity.
    return x == Double.NEGATIVE_INFINITY ? 0 : x / (1 + Math.exp(-x));
  }

  @Override
  public UnaryFunction kernel() {
    return UnaryFunction.SILU;
  }

  @Override
  public Tensor gradient(Backward backward) {
    return backward.overGradient(new Gradient(), backward.input(0));
  }

  /**
   * {@code s (1 + x (1 - s)) g} in one pass. Its derivative in {@code x} is {@code s (1 - s) (2 + x
   * (1 - 2 s)) g}.
   */
  public record Gradient() implements Binary {

    @Override
    public double reference(double x, double g) {
      double s = 1 / (1 + Math.exp(-x));
      return s * (1 + x * (1 - s)) * g;
    }

    @Override
    public BinaryFunction kernel() {
      return BinaryFunction.SILU_GRADIENT;
    }

    @Override
    public @Nullable Tensor[] gradients(Backward backward) {
      Tensor x = backward.input(0);
      Tensor g = backward.input(1);
      Tensor upper = backward.gradient();
      return backward.each(
          () -> {
            Tensor s = x.sigmoid();
            Tensor bend = x.mul(s.mul(-2).add(1)).add(2);
            return s.mul(s.neg().add(1)).mul(bend).mul(g).mul(upper);
          },
          () -> backward.apply(this, x, upper));
    }
  }
}
