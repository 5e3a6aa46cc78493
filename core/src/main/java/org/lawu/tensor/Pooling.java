package org.lawu.tensor;

import org.lawu.internal.operation.Conv2d;

/** Methods of images that are made of several operations. */
final class Pooling {
  private Pooling() {}

  static Tensor convTranspose2d(
      Tensor x, Tensor weight, Convolution how, int paddingHeight, int paddingWidth) {
    var operation =
        Conv2d.InputGradient.transposed(
            x.shape(), weight.shape(), how, paddingHeight, paddingWidth);
    return Engine.apply(operation, x, weight);
  }
}
