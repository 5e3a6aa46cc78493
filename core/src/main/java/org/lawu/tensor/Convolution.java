package org.lawu.tensor;

import org.lawu.error.ArgumentException;

/**
 * How a kernel moves over an image, for {@link Tensor#conv2d}: how far from one place to the next,
 * how many rows and columns of zeros stand around the image, how far apart the elements of the
 * kernel are, and into how many groups the channels fall that see nothing of each other.
 *
 * <pre>{@code
 * Convolution.DEFAULT.stride(2).padding(1)
 * Convolution.DEFAULT.padding(0, 2).groups(4)
 * }</pre>
 *
 * @param strideHeight rows from one place to the next, at least 1
 * @param strideWidth columns from one place to the next, at least 1
 * @param paddingHeight rows of zeros above and below, at least 0
 * @param paddingWidth columns of zeros left and right, at least 0
 * @param dilationHeight rows from one element of the kernel to the next, at least 1
 * @param dilationWidth columns from one element of the kernel to the next, at least 1
 * @param groups groups of channels, at least 1
 */
public record Convolution(
    int strideHeight,
    int strideWidth,
    int paddingHeight,
    int paddingWidth,
    int dilationHeight,
    int dilationWidth,
    int groups) {
  /** Stride 1, no padding, dilation 1, one group. */
  public static final Convolution DEFAULT = new Convolution(1, 1, 0, 0, 1, 1, 1);

  /**
   * Checks the numbers.
   *
   * @throws ArgumentException if one is too small
   */
  public Convolution {
    atLeast(1, "stride", strideHeight, strideWidth);
    atLeast(0, "padding", paddingHeight, paddingWidth);
    atLeast(1, "dilation", dilationHeight, dilationWidth);
    if (groups < 1) {
      throw new ArgumentException("convolution: groups must be at least 1, got " + groups);
    }
  }

  private static void atLeast(int least, String what, int height, int width) {
    if (height < least || width < least) {
      throw new ArgumentException(
          "convolution: %s must be at least %d, got [%d, %d]"
              .formatted(what, least, height, width));
    }
  }

  /** With a stride for both axes. */
  public Convolution stride(int stride) {
    return stride(stride, stride);
  }

  /** With a stride for each axis. */
  public Convolution stride(int height, int width) {
    return new Convolution(
        height, width, paddingHeight, paddingWidth, dilationHeight, dilationWidth, groups);
  }

  /** With a padding for both axes. */
  public Convolution padding(int padding) {
    return padding(padding, padding);
  }

  /** With a padding for each axis. */
  public Convolution padding(int height, int width) {
    return new Convolution(
        strideHeight, strideWidth, height, width, dilationHeight, dilationWidth, groups);
  }

  /** With a dilation for both axes. */
  public Convolution dilation(int dilation) {
    return dilation(dilation, dilation);
  }

  /** With a dilation for each axis. */
  public Convolution dilation(int height, int width) {
    return new Convolution(
        strideHeight, strideWidth, paddingHeight, paddingWidth, height, width, groups);
  }

  /** With groups: each convolves its share of the input channels to its share of the output's. */
  public Convolution groups(int count) {
    return new Convolution(
        strideHeight,
        strideWidth,
        paddingHeight,
        paddingWidth,
        dilationHeight,
        dilationWidth,
        count);
  }
}
