package org.lawu.internal.operation;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.lawu.error.ShapeException;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.parallel.Parallel;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * An array {@code [n, channels, ...]} as channels of {@code images} planes each: the plane {@code
 * i} of channel {@code c} is {@code area} elements from {@link #plane}. Where there are no further
 * axes the whole batch is one plane of each channel, in an array turned around.
 */
record Channels(NdArray data, int images, int count, int area) {
  /** Elements below which dividing the work among threads costs more than it gains. */
  private static final int GRAIN = 1 << 13;

  /** Refuses an input without a channel axis, and what is not one number for each channel. */
  static void check(String operation, NdArray x, String what, NdArray perChannel) {
    Check.floating(operation, x);
    Check.sameType(operation, x, perChannel);
    if (x.shape().rank() < 2) {
      throw new ShapeException(
          "%s: the input must be [n, channels, ...], got %s".formatted(operation, x.shape()));
    }
    Shape expected = x.shape().slice(1, 2);
    if (!perChannel.shape().equals(expected)) {
      throw new ShapeException(
          "%s: the %s must be %s, one number for each channel, got %s (input %s)"
              .formatted(operation, what, expected, perChannel.shape(), x.shape()));
    }
  }

  /** A view or copy of an array that has passed the check. */
  static Channels of(NdArray x) {
    Shape shape = x.shape();
    if (shape.rank() == 2) {
      NdArray turned = x.withLayout(x.layout().permute(new int[] {1, 0})).contiguous();
      return new Channels(turned, 1, shape.size(1), shape.size(0));
    }
    int area = shape.slice(2, shape.rank()).elements();
    return new Channels(x.contiguous(), shape.size(0), shape.size(1), area);
  }

  /** Room for a result of the same order. */
  Channels allocate() {
    return new Channels(NdArray.allocate(data.dtype(), data.shape()), images, count, area);
  }

  /** The array in the order that {@link #of} was given. */
  NdArray restored() {
    return data.shape().rank() == 2
        ? data.withLayout(data.layout().permute(new int[] {1, 0}))
        : data;
  }

  /** Where a plane begins in the storage. */
  int plane(int image, int channel) {
    return data.offset() + (image * count + channel) * area;
  }

  /** Handles one channel. */
  @FunctionalInterface
  interface Body {
    void run(int channel);
  }

  /** Divides the channels among threads. */
  void forEach(Body body) {
    Parallel.range(
        count,
        Math.max(1, GRAIN / Math.max(1, images * area)),
        (first, last) -> {
          for (int channel = first; channel < last; channel++) {
            body.run(channel);
          }
        });
  }

  /** The axes of an input other than the channels'. */
  static int[] others(Tensor x) {
    return IntStream.range(0, x.rank()).filter(axis -> axis != 1).toArray();
  }

  /** A number for each channel, with axes of size 1 to broadcast over an input. */
  static Tensor broadcastable(Tensor perChannel, Tensor x) {
    int[] sizes = new int[x.rank() - 1];
    Arrays.fill(sizes, 1);
    sizes[0] = x.size(1);
    return perChannel.reshape(Shape.of(sizes));
  }
}
