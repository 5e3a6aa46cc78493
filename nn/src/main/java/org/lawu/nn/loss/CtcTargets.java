package org.lawu.nn.loss;

import java.util.Arrays;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.IndexException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * What each sequence of a batch should say, with a blank before, between and after its labels:
 * {@code - a - b -} for {@code ab}. These are the states of {@link CtcAlignments}; sequence {@code
 * n} has {@code 2 targetLengths[n] + 1} of them, and blanks fill its row.
 *
 * @param states the labels of the states, row after row {@code [batch, statesPerRow]}
 * @param statesPerRow as many as the longest target needs
 * @param inputLengths the number of time steps of each sequence
 * @param targetLengths the number of labels of each sequence
 * @param blank the label of the blank
 */
record CtcTargets(
    int[] states, int statesPerRow, int[] inputLengths, int[] targetLengths, int blank) {
  private static final String NAME = "ctc";

  static CtcTargets of(
      Tensor logProbabilities,
      Tensor targets,
      Tensor inputLengths,
      Tensor targetLengths,
      int blank) {
    checkTypes(logProbabilities, targets);
    int batch = logProbabilities.size(1);
    int classes = logProbabilities.size(2);
    if (blank < 0 || blank >= classes) {
      throw new IndexException(
          "%s: blank %d is out of range 0 to %d".formatted(NAME, blank, classes - 1));
    }
    int[] times = lengths("input lengths", inputLengths, batch, logProbabilities.size(0));
    boolean together = targets.rank() == 1;
    int longest = together ? targets.size(0) : targets.size(1);
    int[] lengths = lengths("target lengths", targetLengths, batch, longest);
    checkTargets(targets, batch, lengths);

    int statesPerRow = 2 * Arrays.stream(lengths).max().orElse(0) + 1;
    int[] states = new int[batch * statesPerRow];
    Arrays.fill(states, blank);
    int[] labels = targets.toIntArray();
    int start = 0;
    for (int n = 0; n < batch; n++) {
      int from = together ? start : n * longest;
      for (int i = 0; i < lengths[n]; i++) {
        int label = labels[from + i];
        if (label < 0 || label >= classes || label == blank) {
          throw new IndexException(
              "%s: label %d (number %d of sequence %d) must be a class, 0 to %d, and not the blank %d"
                  .formatted(NAME, label, i, n, classes - 1, blank));
        }
        states[n * statesPerRow + 2 * i + 1] = label;
      }
      start += lengths[n];
    }
    return new CtcTargets(states, statesPerRow, times, lengths, blank);
  }

  private static void checkTypes(Tensor logProbabilities, Tensor targets) {
    if (!logProbabilities.dtype().isFloating()) {
      throw new DTypeException(
          "%s: log-probabilities must be FLOAT32 or FLOAT64, got %s %s; convert with .to(...)"
              .formatted(NAME, logProbabilities.dtype(), logProbabilities.shape()));
    }
    if (logProbabilities.rank() != 3) {
      throw new ShapeException(
          "%s: log-probabilities must be [time, batch, classes], got %s"
              .formatted(NAME, logProbabilities.shape()));
    }
    if (targets.dtype() != DType.INT32) {
      throw new DTypeException(
          "%s: targets must be INT32 labels, got %s %s; convert with .to(DType.INT32)"
              .formatted(NAME, targets.dtype(), targets.shape()));
    }
  }

  private static int[] lengths(String name, Tensor lengths, int batch, int most) {
    if (lengths.dtype() != DType.INT32 || !lengths.shape().equals(Shape.of(batch))) {
      throw new ShapeException(
          "%s: %s must be INT32 [%d], one for each sequence, got %s %s"
              .formatted(NAME, name, batch, lengths.dtype(), lengths.shape()));
    }
    int[] values = lengths.toIntArray();
    for (int n = 0; n < batch; n++) {
      if (values[n] < 0 || values[n] > most) {
        throw new ArgumentException(
            "%s: %s must be 0 to %d, got %d for sequence %d"
                .formatted(NAME, name, most, values[n], n));
      }
    }
    return values;
  }

  private static void checkTargets(Tensor targets, int batch, int[] lengths) {
    int sum = Arrays.stream(lengths).sum();
    boolean fits =
        targets.rank() == 1
            ? targets.size(0) == sum
            : targets.rank() == 2 && targets.size(0) == batch;
    if (!fits) {
      throw new ShapeException(
          "%s: targets must be [%d, longest], or one after another [%d], the sum of their lengths;"
                  .formatted(NAME, batch, sum)
              + " got "
              + targets.shape());
    }
  }

  int batch() {
    return inputLengths.length;
  }

  int states(int n) {
    return 2 * targetLengths[n] + 1;
  }

  /**
   * Whether state {@code s} of sequence {@code n} may follow state {@code s - 2}: not where the
   * blank between them keeps two equal labels apart, nor where {@code s} is a blank itself.
   */
  boolean mayFollowLabel(int n, int s) {
    int at = n * statesPerRow + s;
    return s % 2 == 1 && s >= 3 && states[at] != states[at - 2];
  }
}
