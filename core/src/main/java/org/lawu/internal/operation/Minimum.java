package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.kernel.BinaryFunction;
import org.lawu.tensor.Tensor;

/**
 * The smaller: {@code z = min(x, y)}; the gradient goes to the smaller, half to each where they are
 * equal. NaN if either is.
 */
public record Minimum() implements Binary {

  @Override
  public double reference(double x, double y) {
    return Math.min(x, y);
  }

  @Override
  public int reference(int x, int y) {
    return Math.min(x, y);
  }

  @Override
  public BinaryFunction kernel() {
    return BinaryFunction.MINIMUM;
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    Tensor g = backward.gradient();
    Tensor x = backward.input(0);
    Tensor y = backward.input(1);
    return backward.each(() -> g.mul(Share.ofGreater(y, x)), () -> g.mul(Share.ofGreater(x, y)));
  }
}
