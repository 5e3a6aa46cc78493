package org.lawu.train.metric;

import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Tensor;

/**
 * The share of rows whose class is among the {@code k} that are predicted as likeliest. Of equal
 * predictions the class with the smaller number comes first, so that with {@code k = 1} this is
 * {@link Accuracy}. scikit-learn: {@code top_k_accuracy_score}, where the larger number comes
 * first.
 *
 * <pre>{@code
 * trainer.metrics(new Accuracy(), new TopKAccuracy(5));    // "accuracy", "top_5_accuracy"
 * }</pre>
 *
 * <p>Shapes: logits or probabilities {@code [..., classes]}, and INT32 labels {@code [...]} or
 * one-hot rows {@code [..., classes]}. With {@code k} classes or fewer every answer would be right:
 * that is refused.
 */
public final class TopKAccuracy implements Metric {
  private final int k;
  private final Reading reading;

  private TopKAccuracy(int k, Reading reading) {
    this.k = k;
    this.reading = reading;
  }

  /**
   * Over all rows but those with the label -100.
   *
   * @throws ArgumentException if k is not at least 1
   */
  public TopKAccuracy(int k) {
    if (k < 1) {
      throw new ArgumentException("top k accuracy: k must be at least 1, got " + k);
    }
    this(k, Reading.LOGITS);
  }

  /** The same without the rows of an INT32 label, as in the loss; -100 by default. */
  public TopKAccuracy ignoreIndex(int label) {
    return new TopKAccuracy(k, reading.ignoreIndex(label));
  }

  @Override
  public String name() {
    return "top_" + k + "_accuracy";
  }

  @Override
  public Accumulator accumulator() {
    return new Batches();
  }

  private final class Batches extends Share {

    @Override
    public void add(Tensor prediction, Tensor target) {
      var rows = Rows.of(name(), prediction, target, reading);
      if (rows.areQuestions()) {
        throw new ShapeException(
            "%s: predictions must be [..., classes], got the yes-or-no questions %s"
                .formatted(name(), prediction.shape()));
      }
      if (rows.classes() <= k) {
        throw new ArgumentException(
            "%s: there must be more than %d classes, or every answer is right; got %d"
                .formatted(name(), k, rows.classes()));
      }
      double[] values = rows.values();
      int[] labels = rows.labels();
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] != Rows.IGNORED) {
          count(before(values, i * rows.classes(), rows.classes(), labels[i]) < k);
        }
      }
    }
  }

  /** The number of classes that come before one; all if its own value is NaN. */
  private static int before(double[] values, int from, int classes, int label) {
    double own = values[from + label];
    int before = 0;
    for (int c = 0; c < classes; c++) {
      double other = values[from + c];
      before += other < own || (other == own && c >= label) ? 0 : 1;
    }
    return before;
  }

  @Override
  public String toString() {
    return "TopKAccuracy[k=%d]".formatted(k);
  }
}
