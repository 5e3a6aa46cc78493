package org.lawu.internal.operation;

import org.lawu.tensor.Tensor;

/**
 * {@code y = log(1 + x)}, exact for small {@code x} too, {@code dx = g / (1 + x)}; NaN below -1.
 */
public record Log1p() implements Unary {

  @Override
  public double reference(double x) {
    return Math.log1p(x);
  }

  @Override
  public Tensor gradient(Backward backward) {
    return backward.gradient().div(backward.input(0).add(1));
  }
}
