package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.tensor.Tensor;

/** The largest whole number not above {@code x}; without a gradient. */
public record Floor() implements Unary {

  @Override
  public double reference(double x) {
    return Math.floor(x);
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
