package org.lawu.train.metric;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ShapeException;

/** How often each class was predicted for the rows of each class, batch after batch. */
final class Counts {
  private final String metric;
  private long @Nullable [][] counts;

  /**
   * Nothing so far.
   *
   * @param metric the name in messages
   */
  Counts(String metric) {
    this.metric = metric;
  }

  void add(Rows rows) {
    int classes = rows.classes();
    long[][] sums = counts == null ? new long[classes][classes] : counts;
    if (sums.length != classes) {
      throw new ShapeException(
          "%s: all batches must have the same classes, got %d after %d"
              .formatted(metric, classes, sums.length));
    }
    count(rows, sums);
    counts = sums;
  }

  /** Adds to counts {@code [true class][predicted class]}. */
  static void count(Rows rows, long[][] counts) {
    int[] labels = rows.labels();
    int[] answers = rows.answers();
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != Rows.IGNORED) {
        counts[labels[i]][answers[i]]++;
      }
    }
  }

  /** The matrix so far; null before the first batch. */
  @Nullable ConfusionMatrix matrix() {
    return counts == null ? null : ConfusionMatrix.of(counts);
  }

  /** The counts row by row; empty before the first batch. */
  double[] state() {
    return counts == null
        ? new double[0]
        : Stream.of(counts).flatMapToDouble(row -> LongStream.of(row).asDoubleStream()).toArray();
  }

  /** Goes on from what {@link #state} gave. */
  void restore(double[] state) {
    int classes = (int) Math.sqrt(state.length);
    long[][] sums = new long[classes][classes];
    for (int i = 0; i < state.length; i++) {
      sums[i / classes][i % classes] = (long) state[i];
    }
    counts = sums;
  }
}
