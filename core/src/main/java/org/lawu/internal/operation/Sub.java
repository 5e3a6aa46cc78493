package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.kernel.BinaryFunction;
import org.lawu.tensor.Tensor;

/** Difference: {@code z = x - y}, {@code dx = g}, {@code dy = -g}. */
public record Sub() implements Binary {

  @Override
  public double reference(double x, double y) {
    return x - y;
  }

  @Override
  public int reference(int x, int y) {
    return x - y;
  }

  @Override
  public BinaryFunction kernel() {
    return BinaryFunction.SUB;
  }

  @Override
  public Saves saves() {
    return Saves.NOTHING;
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    Tensor g = backward.gradient();
    return backward.each(() -> g, g::neg);
  }
}
