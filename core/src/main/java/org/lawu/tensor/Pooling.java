package org.lawu.tensor;

import org.lawu.internal.operation.ArgMaxPool2d;
import org.lawu.internal.operation.Conv2d;

/** Methods of images that are made of several operations. */
final class Pooling {
  private Pooling() {}

  /** The indices of the largest elements are found once and serve the gradients too. */
  static Tensor max(Tensor x, Window window) {
    Tensor index = Engine.apply(new ArgMaxPool2d(window), x.detach());
    Shape planes = x.shape().slice(0, 2);
    int area = x.size(2) * x.size(3);
    int places = index.size(2) * index.size(3);
    return x.reshape(planes.concat(Shape.of(area)))
        .gather(2, index.reshape(planes.concat(Shape.of(places))))
        .reshape(index.shape());
  }

  static Tensor convTranspose2d(
      Tensor x, Tensor weight, Convolution how, int paddingHeight, int paddingWidth) {
    var operation =
        Conv2d.InputGradient.transposed(
            x.shape(), weight.shape(), how, paddingHeight, paddingWidth);
    return Engine.apply(operation, x, weight);
  }
}
