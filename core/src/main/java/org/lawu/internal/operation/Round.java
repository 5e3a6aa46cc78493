package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.tensor.Tensor;

/**
 * The nearest whole number, of two the even one: 0.5 becomes 0, 1.5 becomes 2; without a gradient.
 */
public record Round() implements Unary {

  @Override
  public double reference(double x) {
    return Math.rint(x);
  }

  @Override
  public boolean wholeNumbers() {
    return true;
  }

  @Override
  public Saves saves() {
    return Saves.NOTHING;
  }

  @Override
  public @Nullable Tensor gradient(Backward backward) {
    return null;
  }
}
