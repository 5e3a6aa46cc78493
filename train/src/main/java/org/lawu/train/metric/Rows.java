package org.lawu.train.metric;

import java.util.Arrays;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.IndexException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * The rows of a batch that are to be classified, checked. The shapes tell what is asked:
 *
 * <ul>
 *   <li>Classes: predictions {@code [..., classes]}, and INT32 labels {@code [...]} or one-hot rows
 *       of the predictions' shape and a floating type.
 *   <li>Yes-or-no questions, each a row with the classes 0 and 1: predictions of the labels' shape,
 *       where that is {@code [n]} or {@code [..., 1]}; with INT32 or BOOL labels any.
 * </ul>
 */
final class Rows {
  /** Stands for the label of a row that counts for nothing. */
  static final int IGNORED = -1;

  /** How far from 1 the sum of a one-hot row may be, and a probability from 0 to 1. */
  private static final double TOLERANCE = 1e-3;

  private final String metric;
  private final Tensor prediction;
  private final Reading reading;
  private final boolean questions;
  private final int classes;
  private final int[] labels;

  private Rows(
      String metric,
      Tensor prediction,
      Reading reading,
      boolean questions,
      int classes,
      int[] labels) {
    this.metric = metric;
    this.prediction = prediction;
    this.reading = reading;
    this.questions = questions;
    this.classes = classes;
    this.labels = labels;
  }

  /**
   * Reads a batch.
   *
   * @param metric the name in messages
   */
  static Rows of(String metric, Tensor prediction, Tensor target, Reading reading) {
    if (!prediction.dtype().isFloating()) {
      throw new DTypeException(
          "%s: predictions must be logits or probabilities, got %s %s; convert with .to(...)"
              .formatted(metric, prediction.dtype(), prediction.shape()));
    }
    int rank = prediction.shape().rank();
    if (rank > 0) {
      int classes = prediction.size(-1);
      boolean oneShape = target.shape().equals(prediction.shape());
      if (oneShape && (rank == 1 || classes == 1 || !target.dtype().isFloating())) {
        return new Rows(metric, prediction, reading, true, 2, truth(metric, target, reading));
      }
      if (oneShape) {
        return new Rows(metric, prediction, reading, false, classes, hot(metric, target));
      }
      int[] sizes = prediction.shape().toArray();
      if (classes > 1
          && target.dtype() == DType.INT32
          && target.shape().equals(Shape.of(Arrays.copyOf(sizes, rank - 1)))) {
        int[] labels = labels(metric, target, classes, reading.ignored());
        return new Rows(metric, prediction, reading, false, classes, labels);
      }
    }
    throw new ShapeException(
        ("%s: predictions and labels do not fit: the predictions are %s, the labels are %s %s; for"
                + " classes give [..., classes] with INT32 labels [...] or one-hot rows, for"
                + " yes-or-no questions one shape, [n] or [n, 1]")
            .formatted(metric, prediction.shape(), target.dtype(), target.shape()));
  }

  private static int[] truth(String metric, Tensor target, Reading reading) {
    double[] values = target.toDoubleArray();
    boolean mayIgnore = target.dtype() == DType.INT32;
    int[] labels = new int[values.length];
    for (int i = 0; i < labels.length; i++) {
      if (mayIgnore && values[i] == reading.ignored()) {
        labels[i] = IGNORED;
      } else if (values[i] >= 0 && values[i] <= 1) {
        labels[i] = values[i] > 0.5 ? 1 : 0;
      } else {
        throw new ArgumentException(
            "%s: the label of a yes-or-no question must be in 0 to 1, got %s (number %d of %s)"
                .formatted(metric, values[i], i, target.shape()));
      }
    }
    return labels;
  }

  private static int[] hot(String metric, Tensor target) {
    double[] sums = target.sum(-1).toDoubleArray();
    for (int i = 0; i < sums.length; i++) {
      if (!(Math.abs(sums[i] - 1) <= TOLERANCE)) {
        throw new ArgumentException(
            ("%s: one-hot labels must have the sum 1 in each row, got %s in row %d of %s; for"
                    + " several answers to each row give them as INT32")
                .formatted(metric, sums[i], i, target.shape()));
      }
    }
    return target.argMax(-1).toIntArray();
  }

  private static int[] labels(String metric, Tensor target, int classes, int ignored) {
    int[] labels = target.toIntArray();
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == ignored) {
        labels[i] = IGNORED;
      } else if (labels[i] < 0 || labels[i] >= classes) {
        throw new IndexException(
            "%s: label %d (number %d of %s) is out of range 0 to %d; only %d, which is ignored, may"
                    .formatted(metric, labels[i], i, target.shape(), classes - 1, ignored)
                + " be");
      }
    }
    return labels;
  }

  /** The number of classes, 2 for questions. */
  int classes() {
    return classes;
  }

  /** Whether each row is one number. */
  boolean areQuestions() {
    return questions;
  }

  /** The right class of each row, or {@link #IGNORED}. */
  int[] labels() {
    return labels;
  }

  /** The numbers of all rows, one a row for questions. */
  double[] values() {
    return prediction.toDoubleArray();
  }

  /** The class that is predicted for each row. */
  int[] answers() {
    if (classes > 2 || (!questions && reading.isEven())) {
      if (!reading.isEven()) {
        throw new ArgumentException(
            "%s: a threshold needs yes-or-no questions or 2 classes, there are %d"
                .formatted(metric, classes));
      }
      return prediction.argMax(-1).toIntArray();
    }
    double threshold = reading.scoreThreshold();
    double[] scores = scores();
    int[] answers = new int[scores.length];
    for (int i = 0; i < answers.length; i++) {
      answers[i] = scores[i] > threshold ? 1 : 0;
    }
    return answers;
  }

  /** For two classes: the logit or the probability of class 1 in each row. */
  double[] scores() {
    double[] values = values();
    if (questions) {
      return values;
    }
    double[] scores = new double[labels.length];
    for (int i = 0; i < scores.length; i++) {
      double yes = values[2 * i + 1];
      scores[i] = reading.probabilities() ? yes : yes - values[2 * i];
    }
    return scores;
  }

  /** The probability of each class in each row. */
  double[] probabilities() {
    double[] values = values();
    if (questions) {
      double[] both = new double[2 * values.length];
      for (int i = 0; i < values.length; i++) {
        both[2 * i] = reading.probabilities() ? 1 - values[i] : 1 / (1 + Math.exp(values[i]));
        both[2 * i + 1] = reading.probabilities() ? values[i] : 1 / (1 + Math.exp(-values[i]));
      }
      return checked(both);
    }
    if (reading.probabilities()) {
      return checked(values);
    }
    for (int from = 0; from < values.length; from += classes) {
      double offset = logSumExp(values, from);
      for (int i = from; i < from + classes; i++) {
        values[i] = Math.exp(values[i] - offset);
      }
    }
    return values;
  }

  private double[] checked(double[] probabilities) {
    for (double probability : probabilities) {
      if (probability < -TOLERANCE || probability > 1 + TOLERANCE) {
        throw new ArgumentException(
            "%s: a probability must be in 0 to 1, got %s; for logits leave out fromProbabilities()"
                .formatted(metric, probability));
      }
    }
    return probabilities;
  }

  /** {@code -log p} of the right class of a row, from its {@link #values}. */
  double surprise(double[] values, int row) {
    if (questions) {
      double x = labels[row] == 1 ? values[row] : -values[row];
      return Math.log1p(Math.exp(-Math.abs(x))) + Math.max(-x, 0);
    }
    int from = row * classes;
    return logSumExp(values, from) - values[from + labels[row]];
  }

  private double logSumExp(double[] values, int from) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + classes; i++) {
      largest = Math.max(largest, values[i]);
    }
    double sum = 0;
    for (int i = from; i < from + classes; i++) {
      sum += Math.exp(values[i] - largest);
    }
    return largest + Math.log(sum);
  }
}
