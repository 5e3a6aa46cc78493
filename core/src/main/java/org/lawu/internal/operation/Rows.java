package org.lawu.internal.operation;

import org.lawu.internal.array.NdArray;
import org.lawu.internal.parallel.Parallel;
import org.lawu.tensor.DType;

/** Runs kernels that work on rows along any axis of an array, divided among threads. */
final class Rows {
  /** Elements below which dividing the work among threads costs more than it gains. */
  private static final int GRAIN = 1 << 13;

  /**
   * A chunk of more elements has nothing to gain. One of fewer has: softmax looks for the largest
   * element of each row while it computes the row before, but for a chunk's first.
   */
  private static final int LARGEST_GRAIN = 1 << 15;

  /** So many chunks are enough to keep many threads at work. */
  private static final int PARTS = 64;

  private Rows() {}

  /** A FLOAT32 kernel from rows of {@code n} elements to rows. */
  @FunctionalInterface
  interface FloatMap {
    void run(float[] x, int xAt, float[] out, int outAt, int rows, int n);
  }

  /** The same for FLOAT64. */
  @FunctionalInterface
  interface DoubleMap {
    void run(double[] x, int xAt, double[] out, int outAt, int rows, int n);
  }

  /** A FLOAT32 kernel from two sets of rows of {@code n} elements to rows. */
  @FunctionalInterface
  interface FloatMap2 {
    void run(float[] x, int xAt, float[] y, int yAt, float[] out, int outAt, int rows, int n);
  }

  /** The same for FLOAT64. */
  @FunctionalInterface
  interface DoubleMap2 {
    void run(double[] x, int xAt, double[] y, int yAt, double[] out, int outAt, int rows, int n);
  }

  /** Maps the rows along an axis (from the front) of an array. */
  static NdArray map(NdArray input, int axis, FloatMap floats, DoubleMap doubles) {
    NdArray x = LastAxis.moved(input, axis);
    NdArray out = NdArray.allocate(x.dtype(), x.shape());
    boolean single = x.dtype() == DType.FLOAT32;
    forEach(
        x,
        (at, rows, n) -> {
          if (single) {
            floats.run(x.floats(), x.offset() + at, out.floats(), at, rows, n);
          } else {
            doubles.run(x.doubles(), x.offset() + at, out.doubles(), at, rows, n);
          }
        });
    return LastAxis.restored(out, axis);
  }

  /** Maps the rows along an axis (from the front) of two arrays of one shape. */
  static NdArray map(
      NdArray first, NdArray second, int axis, FloatMap2 floats, DoubleMap2 doubles) {
    NdArray x = LastAxis.moved(first, axis);
    NdArray y = LastAxis.moved(second, axis);
    NdArray out = NdArray.allocate(x.dtype(), x.shape());
    boolean single = x.dtype() == DType.FLOAT32;
    int xAt = x.offset();
    int yAt = y.offset();
    forEach(
        x,
        (at, rows, n) -> {
          if (single) {
            floats.run(x.floats(), xAt + at, y.floats(), yAt + at, out.floats(), at, rows, n);
          } else {
            doubles.run(x.doubles(), xAt + at, y.doubles(), yAt + at, out.doubles(), at, rows, n);
          }
        });
    return LastAxis.restored(out, axis);
  }

  /** Handles {@code rows} rows of {@code n} elements, the first at {@code at}. */
  @FunctionalInterface
  interface Body {
    void run(int at, int rows, int n);
  }

  /** Divides the rows along the last axis of a contiguous array; places count from its start. */
  static void forEach(NdArray x, Body body) {
    int n = x.shape().size(-1);
    if (n > 0) {
      int grain = Math.clamp(x.elements() / PARTS, GRAIN, LARGEST_GRAIN);
      Parallel.range(
          x.elements() / n, Math.max(1, grain / n), (from, to) -> body.run(from * n, to - from, n));
    }
  }
}
