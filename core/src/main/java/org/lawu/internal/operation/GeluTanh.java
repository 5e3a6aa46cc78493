package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.kernel.BinaryFunction;
import org.lawu.internal.kernel.UnaryFunction;
import org.lawu.tensor.Tensor;

/**
 * The tanh approximation of {@link Gelu}: {@code y = x (1 + t) / 2} with {@code t = tanh(u)},
 * {@code u = c (x + 0.044715 x^3)} and {@code c = sqrt(2 / pi)}; {@code dx = ((1 + t) / 2 + x (1 -
 * t^2) u' / 2) g}.
 */
public record GeluTanh() implements Unary {

  @Override
  public double reference(double x) {
    // The limit, where the product would be -infinity times 0.
    return x == Double.NEGATIVE_INFINITY ? 0 : x * (1 + Math.tanh(C * (x + CUBIC * x * x * x))) / 2;
  }

  @Override
  public UnaryFunction kernel() {
    return UnaryFunction.GELU_TANH;
  }

  @Override
  public Tensor gradient(Backward backward) {
    return backward.overGradient(new Gradient(), backward.input(0));
  }

  private static final double C = Math.sqrt(2 / Math.PI);
  private static final double CUBIC = 0.044715;

  /**
   * The derivative times {@code g} in one pass. With {@code u' = c (1 + 3 k x^2)}, {@code u'' = 6 c
   * k x} and {@code q = 1 - t^2}, its own derivative in {@code x} is {@code q (u' + x u'' / 2 - x t
   * u'^2) g}.
   */
  public record Gradient() implements Binary {

    @Override
    public double reference(double x, double g) {
      double t = Math.tanh(C * (x + CUBIC * x * x * x));
      return ((1 + t) / 2 + x * (1 - t * t) * C * (1 + 3 * CUBIC * x * x) / 2) * g;
    }

    @Override
    public BinaryFunction kernel() {
      return BinaryFunction.GELU_TANH_GRADIENT;
    }

    @Override
    public @Nullable Tensor[] gradients(Backward backward) {
      Tensor x = backward.input(0);
      Tensor g = backward.input(1);
      Tensor upper = backward.gradient();
      return backward.each(() -> bend(x).mul(g).mul(upper), () -> backward.apply(this, x, upper));
    }

    private static Tensor bend(Tensor x) {
      Tensor square = x.square();
      Tensor t = square.mul(CUBIC).add(1).mul(x).mul(C).tanh();
      Tensor slope = square.mul(3 * CUBIC).add(1).mul(C);
      Tensor q = t.square().neg().add(1);
      return slope.add(square.mul(3 * C * CUBIC)).sub(x.mul(t).mul(slope.square())).mul(q);
    }
  }
}
