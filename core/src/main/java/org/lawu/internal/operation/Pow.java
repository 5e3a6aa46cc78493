package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.kernel.BinaryFunction;
import org.lawu.tensor.Tensor;

/**
 * Power: {@code z = x^y}, {@code dx = g y x^(y-1)}, {@code dy = g z log(x)}. Where {@code y = 0}
 * the gradient in {@code x} is 0, and where {@code x = 0} and {@code y >= 0} the gradient in {@code
 * y} is 0, as PyTorch has it.
 */
public record Pow() implements Binary {

  @Override
  public double reference(double x, double y) {
    return Math.pow(x, y);
  }

  @Override
  public BinaryFunction kernel() {
    return BinaryFunction.POW;
  }

  @Override
  public Saves saves() {
    return Saves.BOTH;
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    Tensor g = backward.gradient();
    Tensor x = backward.input(0);
    Tensor y = backward.input(1);
    Tensor zero = Tensor.scalar(0, x.dtype());
    return backward.each(
        () -> Tensor.where(y.equal(zero), zero, g.mul(y).mul(x.pow(y.sub(1)))),
        () -> {
          Tensor none = x.equal(zero).and(y.greaterEqual(zero));
          Tensor safe = Tensor.where(none, Tensor.scalar(1, x.dtype()), x);
          return g.mul(backward.output()).mul(safe.log());
        });
  }
}
