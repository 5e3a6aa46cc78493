package org.lawu.internal.kernel.vector;

import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.lawu.internal.kernel.ConvolutionSizes;

/**
 * A channel of an image, its padding included, cut into planes: one for each pair of remainders
 * that a row and a column leave when divided by the strides. Rows of all planes are as far apart as
 * those of a spread channel of outputs, so that what an element of the kernel meets for output
 * {@code p} is at {@code p} plus a distance, whatever the stride, padding and dilation. What a
 * spread output has between its rows is 0, or means nothing.
 */
final class ChannelPlanes {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final VectorShuffle<Float> EVEN = VectorShuffle.makeUnzip(SPECIES, 0);

  private final ConvolutionSizes sizes;
  private final int width;
  private final int height;
  private final int plane;

  ChannelPlanes(ConvolutionSizes sizes) {
    this.sizes = sizes;
    this.width = sizes.outWidth() + column(sizes.kernelWidth() - 1);
    this.height = sizes.outHeight() + row(sizes.kernelHeight() - 1);
    this.plane = Correlation.blocks(width * height + Correlation.BLOCK);
  }

  /** How many rows of a plane below an output's a row of the kernel is. */
  private int row(int a) {
    return a * sizes.dilationHeight() / sizes.strideHeight();
  }

  /** How many columns of a plane to the right of an output's a column of the kernel is. */
  private int column(int b) {
    return b * sizes.dilationWidth() / sizes.strideWidth();
  }

  /** The number of planes. */
  int count() {
    return sizes.strideHeight() * sizes.strideWidth();
  }

  /** Elements of a plane, with a block of zeros after it. */
  int plane() {
    return plane;
  }

  /** Elements of all planes of a channel. */
  int elements() {
    return count() * plane;
  }

  /** Elements of a plane's rows. */
  int area() {
    return width * height;
  }

  /** Elements of a spread channel of outputs, from its first to its last. */
  int spread() {
    return (sizes.outHeight() - 1) * width + sizes.outWidth();
  }

  /** The plane that an element of the kernel meets. */
  int planeOf(int element) {
    int row = element / sizes.kernelWidth() * sizes.dilationHeight() % sizes.strideHeight();
    int column = element % sizes.kernelWidth() * sizes.dilationWidth() % sizes.strideWidth();
    return row * sizes.strideWidth() + column;
  }

  /** How far from an output's place an element of the kernel meets its plane. */
  int distance(int element) {
    int row = row(element / sizes.kernelWidth());
    return row * width + column(element % sizes.kernelWidth());
  }

  /** Where in a channel's planes an element of the kernel meets what the first output sees. */
  int offset(int element) {
    return planeOf(element) * plane + distance(element);
  }

  /** The longest distance of all. */
  int longest() {
    return distance(sizes.kernelArea() - 1);
  }

  /** One row of a plane and the row of the image it comes from. */
  @FunctionalInterface
  private interface Row {
    void copy(int image, int planes, int step, int n);
  }

  private void forEachRow(int imageAt, int planesAt, Row row) {
    for (int which = 0; which < count(); which++) {
      int step = sizes.strideWidth();
      int top = which / step - sizes.paddingHeight();
      int left = which % step - sizes.paddingWidth();
      int first = Math.max(0, Math.ceilDiv(-left, step));
      int end = Math.min(width, Math.ceilDiv(sizes.width() - left, step));
      for (int i = 0; i < height && first < end; i++) {
        int from = top + i * sizes.strideHeight();
        if (from >= 0 && from < sizes.height()) {
          row.copy(
              imageAt + from * sizes.width() + left + first * step,
              planesAt + which * plane + i * width + first,
              step,
              end - first);
        }
      }
    }
  }

  /** Copies a channel of an image; what no element of it comes to is left alone. */
  void read(float[] x, int xAt, float[] planes, int at) {
    forEachRow(xAt, at, (from, to, step, n) -> gather(x, from, step, planes, to, n));
  }

  /** Copies back; what is in no plane becomes 0. */
  void write(float[] planes, int at, float[] x, int xAt) {
    Arrays.fill(x, xAt, xAt + sizes.area(), 0);
    forEachRow(xAt, at, (to, from, step, n) -> scatter(planes, from, x, to, step, n));
  }

  /** Spreads the rows of a channel of outputs. */
  void spread(float[] y, int yAt, float[] spread, int at) {
    int n = sizes.outWidth();
    for (int i = 0; i < sizes.outHeight(); i++) {
      System.arraycopy(y, yAt + i * n, spread, at + i * width, n);
    }
  }

  /** Collects the rows of a spread channel of outputs. */
  void collect(float[] spread, int at, float[] y, int yAt) {
    int n = sizes.outWidth();
    for (int i = 0; i < sizes.outHeight(); i++) {
      System.arraycopy(spread, at + i * width, y, yAt + i * n, n);
    }
  }

  /** {@code y[yAt + i] = x[xAt + i step]} for {@code n} elements. */
  private static void gather(float[] x, int xAt, int step, float[] y, int yAt, int n) {
    if (step == 1) {
      System.arraycopy(x, xAt, y, yAt, n);
    } else if (step == 2) {
      even(x, xAt, y, yAt, n);
    } else {
      for (int i = 0; i < n; i++) {
        y[yAt + i] = x[xAt + i * step];
      }
    }
  }

  private static void even(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      // Of the last element's pair there may be no other.
      VectorMask<Float> low = SPECIES.indexInRange(0, 2 * (n - i) - 1);
      VectorMask<Float> high = SPECIES.indexInRange(LANES, 2 * (n - i) - 1);
      int at = xAt + 2 * i;
      fromArray(SPECIES, x, at, low)
          .rearrange(EVEN, fromArray(SPECIES, x, at + LANES, high))
          .intoArray(y, yAt + i, SPECIES.indexInRange(0, n - i));
    }
  }

  /** {@code y[yAt + i step] = x[xAt + i]} for {@code n} elements. */
  private static void scatter(float[] x, int xAt, float[] y, int yAt, int step, int n) {
    if (step == 1) {
      System.arraycopy(x, xAt, y, yAt, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yAt + i * step] = x[xAt + i];
    }
  }
}
