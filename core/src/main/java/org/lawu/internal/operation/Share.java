package org.lawu.internal.operation;

import org.lawu.tensor.Tensor;

/** How a gradient is shared between inputs that compete to be the result. */
final class Share {
  private Share() {}

  /** 1 where {@code x > y}, a half where they are equal, else 0. */
  static Tensor ofGreater(Tensor x, Tensor y) {
    return x.greater(y).to(x.dtype()).add(x.equal(y).to(x.dtype()).mul(0.5));
  }

  /** The gradient {@code g} of a reduction in equal parts to the elements equal to its result. */
  static Tensor amongEqual(Tensor x, Tensor result, Tensor g, int[] axes) {
    var kept = x.shape().reduce(axes, true);
    Tensor chosen = x.equal(result.reshape(kept)).to(x.dtype());
    return chosen.mul(g.reshape(kept).div(chosen.sum(axes, true)));
  }
}
