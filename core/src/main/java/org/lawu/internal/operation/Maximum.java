package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.kernel.BinaryFunction;
import org.lawu.tensor.Tensor;

/**
 * The larger: {@code z = max(x, y)}; the gradient goes to the larger, half to each where they are
 * equal. NaN if either is.
 */
public record Maximum() implements Binary {

  @Override
  public double reference(double x, double y) {
    return Math.max(x, y);
  }

  @Override
  public int reference(int x, int y) {
    return Math.max(x, y);
  }

  @Override
  public BinaryFunction kernel() {
    return BinaryFunction.MAXIMUM;
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    Tensor g = backward.gradient();
    Tensor x = backward.input(0);
    Tensor y = backward.input(1);
    return backward.each(() -> g.mul(Share.ofGreater(x, y)), () -> g.mul(Share.ofGreater(y, x)));
  }
}
