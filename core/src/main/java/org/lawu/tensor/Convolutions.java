package org.lawu.tensor;

import org.lawu.internal.operation.AvgPool2d;
import org.lawu.internal.operation.Conv2d;
import org.lawu.internal.operation.MaxPool2d;

/** Convolution and pooling of images {@code [n, channels, height, width]}. */
public sealed interface Convolutions extends TensorMethods permits Tensor {

  /** {@link #conv2d(Tensor, Convolution)} with stride 1 and no padding. */
  default Tensor conv2d(Tensor weight) {
    return conv2d(weight, Convolution.DEFAULT);
  }

  /**
   * Cross-correlation of images {@code [n, in, h, w]} (this) with kernels {@code [out, in / groups,
   * kh, kw]}: {@code y[n, o, i, j] = sum over c, a, b of x[n, c, i s - p + a d, j s - p + b d] W[o,
   * c, a, b]}, with {@code (h + 2 p - d (kh - 1) - 1) / s + 1} rows; PyTorch's {@code conv2d}.
   *
   * @throws org.lawu.error.ShapeException if the channels do not fit or the kernel is larger than
   *     the padded image
   */
  default Tensor conv2d(Tensor weight, Convolution how) {
    return Engine.apply(new Conv2d(how), this, weight);
  }

  /** {@link #conv2d(Tensor, Convolution)} plus a {@code bias [out]}. */
  default Tensor conv2d(Tensor weight, Tensor bias, Convolution how) {
    return Engine.apply(new Conv2d(how), this, weight, bias);
  }

  /**
   * {@code conv2d(weight, bias, how).relu()} in one pass: the result is rectified while it is in
   * the cache, and what it was before is not kept.
   *
   * @throws org.lawu.error.ShapeException as {@link #conv2d(Tensor, Convolution)}
   */
  default Tensor conv2dRelu(Tensor weight, Tensor bias, Convolution how) {
    return Engine.apply(new Conv2d(how, true), this, weight, bias);
  }

  /** {@link #convTranspose2d(Tensor, Convolution, int, int)} without output padding. */
  default Tensor convTranspose2d(Tensor weight, Convolution how) {
    return convTranspose2d(weight, how, 0, 0);
  }

  /**
   * Transposed convolution of images {@code [n, in, h, w]} (this) with kernels {@code [in, out /
   * groups, kh, kw]}: the gradient of {@link #conv2d} with respect to its input, which grows an
   * image to {@code (h - 1) s - 2 p + d (kh - 1) + 1} rows plus the output padding; PyTorch's
   * {@code conv_transpose2d}.
   *
   * @param outputPaddingHeight rows added at the bottom, below the stride
   * @param outputPaddingWidth columns added at the right, below the stride
   * @throws org.lawu.error.ShapeException if the channels do not fit or nothing would be left
   */
  default Tensor convTranspose2d(
      Tensor weight, Convolution how, int outputPaddingHeight, int outputPaddingWidth) {
    return Pooling.convTranspose2d(
        (Tensor) this, weight, how, outputPaddingHeight, outputPaddingWidth);
  }

  /**
   * The largest element of every place of a window; what is beyond the image does not count. The
   * gradient goes to the first of several largest.
   *
   * @throws org.lawu.error.ShapeException if the window is larger than the padded image
   */
  default Tensor maxPool2d(Window window) {
    return Engine.apply(new MaxPool2d(window), this);
  }

  /**
   * The mean over every place of a window; what is beyond the image counts as 0.
   *
   * @throws org.lawu.error.ShapeException if the window is larger than the padded image
   */
  default Tensor avgPool2d(Window window) {
    return Engine.apply(AvgPool2d.of((Tensor) this, window), this);
  }

  /**
   * The means over {@code height x width} parts of the image, as equal as they can be: row {@code
   * i} from {@code floor(i h / height)} to {@code ceil((i + 1) h / height)}.
   *
   * @throws org.lawu.error.ShapeException if a size is below 1 or the image is empty
   */
  default Tensor adaptiveAvgPool2d(int height, int width) {
    return Engine.apply(AvgPool2d.adaptive((Tensor) this, height, width), this);
  }
}
