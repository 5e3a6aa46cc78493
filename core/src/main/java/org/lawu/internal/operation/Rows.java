package org.lawu.internal.operation;

import org.lawu.internal.array.NdArray;
import org.lawu.internal.parallel.Parallel;

/** The rows of a contiguous array along its last axis, divided among threads. */
record Rows(int count, int length) {
  /** Elements below which dividing the work among threads costs more than it gains. */
  private static final int GRAIN = 1 << 13;

  static Rows of(NdArray x) {
    int length = x.shape().size(-1);
    return new Rows(length == 0 ? 0 : x.elements() / length, length);
  }

  /** A kernel call on {@code rows} rows of {@code n} elements from row {@code first}. */
  @FunctionalInterface
  interface Body {
    void run(int first, int rows, int n);
  }

  void forEach(Body body) {
    Parallel.range(
        count,
        Math.max(1, GRAIN / Math.max(1, length)),
        (from, to) -> body.run(from, to - from, length));
  }
}
