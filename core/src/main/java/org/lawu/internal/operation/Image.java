package org.lawu.internal.operation;

import org.lawu.error.ShapeException;
import org.lawu.internal.kernel.ConvolutionSizes;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Window;

/** Checks of images {@code [n, channels, height, width]} that pooling shares. */
final class Image {
  private Image() {}

  static void check(String operation, Shape x) {
    if (x.rank() != 4) {
      throw new ShapeException(
          "%s: the input must be [n, channels, height, width], got %s".formatted(operation, x));
    }
  }

  /** The shape of the places that a window takes. */
  static Shape places(String operation, Shape x, Window window) {
    check(operation, x);
    int height =
        ConvolutionSizes.places(
            x.size(2), window.height(), window.strideHeight(), window.paddingHeight(), 1);
    int width =
        ConvolutionSizes.places(
            x.size(3), window.width(), window.strideWidth(), window.paddingWidth(), 1);
    if (x.size(2) < 1 || x.size(3) < 1 || height < 1 || width < 1) {
      throw new ShapeException(
          "%s: the window [%d, %d] is larger than the image: input %s, padding [%d, %d]"
              .formatted(
                  operation,
                  window.height(),
                  window.width(),
                  x,
                  window.paddingHeight(),
                  window.paddingWidth()));
    }
    return Shape.of(x.size(0), x.size(1), height, width);
  }
}
