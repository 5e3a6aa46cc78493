package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.kernel.BinaryFunction;
import org.lawu.tensor.Tensor;

/** Product: {@code z = x y}, {@code dx = g y}, {@code dy = g x}. */
public record Mul() implements Binary {

  @Override
  public double reference(double x, double y) {
    return x * y;
  }

  @Override
  public int reference(int x, int y) {
    return x * y;
  }

  @Override
  public BinaryFunction kernel() {
    return BinaryFunction.MUL;
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    Tensor g = backward.gradient();
    Tensor x = backward.input(0);
    Tensor y = backward.input(1);
    return backward.each(() -> g.mul(y), () -> g.mul(x));
  }
}
