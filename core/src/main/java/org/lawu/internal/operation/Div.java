package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.kernel.BinaryFunction;
import org.lawu.tensor.Tensor;

/**
 * Quotient: {@code z = x / y}, {@code dx = g / y}, {@code dy = -g (x / y) / y}, since the square of
 * a small y would be 0 and that of a large one infinite.
 */
public record Div() implements Binary {

  @Override
  public double reference(double x, double y) {
    return x / y;
  }

  @Override
  public BinaryFunction kernel() {
    return BinaryFunction.DIV;
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    Tensor g = backward.gradient();
    Tensor x = backward.input(0);
    Tensor y = backward.input(1);
    return backward.each(() -> g.div(y), () -> g.mul(x.div(y)).div(y).neg());
  }
}
