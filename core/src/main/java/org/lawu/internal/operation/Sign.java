package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.tensor.Tensor;

/** Sign: -1, 0 or 1; NaN stays NaN. Constant wherever it is smooth, so without a gradient. */
public record Sign() implements Unary {

  @Override
  public double reference(double x) {
    return Math.signum(x);
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
