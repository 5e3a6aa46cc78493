package org.lawu.internal.operation;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The parts of an axis that average pooling takes means of: elements {@code starts[i]} to before
 * {@code ends[i]}, divided by {@code counts[i]}, which may count elements beyond the axis.
 */
public record Spans(int size, int[] starts, int[] ends, int[] counts) {

  /** The places of a window that counts what is beyond the axis as zeros. */
  static Spans window(int size, int places, int length, int stride, int padding) {
    int[] starts = new int[places];
    int[] ends = new int[places];
    int[] counts = new int[places];
    for (int i = 0; i < places; i++) {
      int start = i * stride - padding;
      starts[i] = Math.max(0, start);
      ends[i] = Math.min(size, start + length);
      counts[i] = length;
    }
    return new Spans(size, starts, ends, counts);
  }

  /** The axis in as equal parts as can be, which overlap where it does not divide. */
  static Spans adaptive(int size, int parts) {
    int[] starts = IntStream.range(0, parts).map(i -> (int) ((long) i * size / parts)).toArray();
    int[] ends =
        IntStream.range(0, parts)
            .map(i -> (int) Math.ceilDiv((i + 1L) * size, (long) parts))
            .toArray();
    int[] counts = IntStream.range(0, parts).map(i -> ends[i] - starts[i]).toArray();
    return new Spans(size, starts, ends, counts);
  }

  /** How many there are. */
  int count() {
    return starts.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Spans spans
        && size == spans.size
        && Arrays.equals(starts, spans.starts)
        && Arrays.equals(ends, spans.ends)
        && Arrays.equals(counts, spans.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(new int[] {size, Arrays.hashCode(starts), Arrays.hashCode(ends)});
  }
}
