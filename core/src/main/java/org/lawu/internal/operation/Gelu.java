package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.kernel.BinaryFunction;
import org.lawu.internal.kernel.Erf;
import org.lawu.internal.kernel.UnaryFunction;
import org.lawu.tensor.Tensor;

/**
 * Gaussian error linear unit (Hendrycks and Gimpel 2016): {@code y = x Phi(x)} with the normal
 * distribution {@code Phi(x) = (1 + erf(x / sqrt 2)) / 2} and density {@code phi}; {@code dx =
 * (Phi(x) + x phi(x)) g}.
 */
public record Gelu() implements Unary {

  @Override
  public double reference(double x) {
    // The limit, where the product would be -infinity times 0.
    return x == Double.NEGATIVE_INFINITY ? 0 : x * distribution(x);
  }

  @Override
  public UnaryFunction kernel() {
    return UnaryFunction.GELU;
  }

  @Override
  public Tensor gradient(Backward backward) {
    return backward.overGradient(new Gradient(), backward.input(0));
  }

  private static double distribution(double x) {
    return (1 + Erf.erf(x * Math.sqrt(0.5))) / 2;
  }

  private static double density(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /**
   * {@code (Phi(x) + x phi(x)) g} in one pass. As {@code phi'(x) = -x phi(x)}, its derivative in
   * {@code x} is {@code (2 - x^2) phi(x) g}.
   */
  public record Gradient() implements Binary {

    @Override
    public double reference(double x, double g) {
      return (distribution(x) + x * density(x)) * g;
    }

    @Override
    public BinaryFunction kernel() {
      return BinaryFunction.GELU_GRADIENT;
    }

    @Override
    public @Nullable Tensor[] gradients(Backward backward) {
      Tensor x = backward.input(0);
      Tensor g = backward.input(1);
      Tensor upper = backward.gradient();
      return backward.each(
          () -> {
            Tensor square = x.square();
            Tensor density = square.mul(-0.5).exp().mul(1 / Math.sqrt(2 * Math.PI));
            return square.neg().add(2).mul(density).mul(g).mul(upper);
          },
          () -> backward.apply(this, x, upper));
    }
  }
}
