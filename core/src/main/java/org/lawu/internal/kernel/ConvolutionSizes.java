package org.lawu.internal.kernel;

import java.util.Arrays;

/**
 * The sizes of a convolution of contiguous arrays, and which element meets which.
 *
 * @param in input channels of a group
 * @param out output channels of a group
 */
public record ConvolutionSizes(
    int images,
    int groups,
    int in,
    int out,
    int height,
    int width,
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int paddingHeight,
    int paddingWidth,
    int dilationHeight,
    int dilationWidth,
    int outHeight,
    int outWidth) {

  /** How many places a kernel takes along an axis; below 1 if it does not fit. */
  public static int places(int size, int kernel, int stride, int padding, int dilation) {
    long room = size + 2L * padding - dilation * (kernel - 1L) - 1;
    return (int) Math.floorDiv(room, stride) + 1;
  }

  /** Images times groups: the parts that are computed on their own. */
  public int parts() {
    return images * groups;
  }

  /** Elements of the kernel for one output channel. */
  public int kernel() {
    return in * kernelArea();
  }

  /** Elements of a channel of an image. */
  public int area() {
    return height * width;
  }

  /** Elements of a kernel for one channel. */
  public int kernelArea() {
    return kernelHeight * kernelWidth;
  }

  /** Elements of an output channel. */
  public int outArea() {
    return outHeight * outWidth;
  }

  /** Where the input channels of a part begin. */
  public int input(int part) {
    return part * in * height * width;
  }

  /** Where the output channels of a part begin. */
  public int output(int part) {
    return part * out * outArea();
  }

  /** Where the weights of a part begin. */
  public int weight(int part) {
    return part % groups * out * kernel();
  }

  /** Whether an output element sees just the input elements at its own place. */
  public boolean isPointwise() {
    return kernelHeight == 1
        && kernelWidth == 1
        && strideHeight == 1
        && strideWidth == 1
        && paddingHeight == 0
        && paddingWidth == 0;
  }

  // ---- the definition

  /** One product of the sum that a convolution is. */
  @FunctionalInterface
  public interface Term {
    /** Of the elements at three indices. */
    void at(int x, int weight, int y);
  }

  /** Every product: {@code y += x weight}, and its gradients {@code x += y weight} and so on. */
  public void forEachTerm(Term term) {
    for (int part = 0; part < parts(); part++) {
      for (int o = 0; o < out; o++) {
        for (int c = 0; c < in; c++) {
          int x = input(part) + c * height * width;
          int y = output(part) + o * outArea();
          int weight = weight(part) + (o * in + c) * kernelArea();
          forEachTerm(x, weight, y, term);
        }
      }
    }
  }

  private void forEachTerm(int x, int weight, int y, Term term) {
    for (int a = 0; a < kernelHeight; a++) {
      for (int b = 0; b < kernelWidth; b++) {
        for (int i = 0; i < outHeight; i++) {
          int row = row(i, a);
          for (int j = 0; j < outWidth; j++) {
            int column = column(j, b);
            if (row >= 0 && row < height && column >= 0 && column < width) {
              term.at(x + row * width + column, weight + a * kernelWidth + b, y + i * outWidth + j);
            }
          }
        }
      }
    }
  }

  /** The input row that kernel row {@code a} meets for output row {@code i}; maybe outside. */
  private int row(int i, int a) {
    return i * strideHeight - paddingHeight + a * dilationHeight;
  }

  // ---- columns

  /**
   * Writes a part's input as a matrix: row {@code (c, a, b)}, column {@code (i, j)} holds the
   * element that kernel element {@code (c, a, b)} meets for output {@code (i, j)}, 0 beyond the
   * image (im2col).
   *
   * @param from the first output row
   * @param rows the number of output rows
   */
  void toColumns(float[] x, int xAt, int from, int rows, float[] columns) {
    int at = 0;
    for (int c = 0; c < in; c++) {
      for (int a = 0; a < kernelHeight; a++) {
        for (int b = 0; b < kernelWidth; b++) {
          int first = firstInside(b);
          int end = endInside(b, first);
          for (int i = from; i < from + rows; i++) {
            int row = row(i, a);
            if (row < 0 || row >= height) {
              Arrays.fill(columns, at, at + outWidth, 0);
            } else {
              Arrays.fill(columns, at, at + first, 0);
              int source = xAt + (c * height + row) * width + column(first, b);
              copy(x, source, strideWidth, columns, at + first, end - first);
              Arrays.fill(columns, at + end, at + outWidth, 0);
            }
            at += outWidth;
          }
        }
      }
    }
  }

  /** Adds every element of the matrix to the input element it came from (col2im). */
  void addColumns(float[] columns, int from, int rows, float[] x, int xAt) {
    int at = 0;
    for (int c = 0; c < in; c++) {
      for (int a = 0; a < kernelHeight; a++) {
        for (int b = 0; b < kernelWidth; b++) {
          int first = firstInside(b);
          int end = endInside(b, first);
          for (int i = from; i < from + rows; i++) {
            int row = row(i, a);
            if (row >= 0 && row < height) {
              int target = xAt + (c * height + row) * width + column(first, b);
              add(columns, at + first, x, target, strideWidth, end - first);
            }
            at += outWidth;
          }
        }
      }
    }
  }

  /** The input column that kernel column {@code b} meets for output column {@code j}. */
  private int column(int j, int b) {
    return j * strideWidth - paddingWidth + b * dilationWidth;
  }

  /** The first output column for which kernel column {@code b} is inside the image. */
  private int firstInside(int b) {
    int missing = paddingWidth - b * dilationWidth;
    return Math.clamp(Math.ceilDiv(missing, strideWidth), 0, outWidth);
  }

  /** The end of the output columns for which kernel column {@code b} is inside the image. */
  private int endInside(int b, int first) {
    int last = width - 1 + paddingWidth - b * dilationWidth;
    return Math.clamp(Math.floorDiv(last, strideWidth) + 1, first, outWidth);
  }

  private static void copy(float[] x, int xAt, int step, float[] y, int yAt, int n) {
    if (step == 1 && n > 0) {
      System.arraycopy(x, xAt, y, yAt, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yAt + i] = x[xAt + i * step];
    }
  }

  private static void add(float[] x, int xAt, float[] y, int yAt, int step, int n) {
    if (step == 1) {
      for (int i = 0; i < n; i++) {
        y[yAt + i] += x[xAt + i];
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yAt + i * step] += x[xAt + i];
    }
  }
}
