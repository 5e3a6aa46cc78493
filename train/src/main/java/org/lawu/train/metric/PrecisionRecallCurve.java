package org.lawu.train.metric;

import org.lawu.error.ArgumentException;
import org.lawu.tensor.Tensor;

/**
 * Precision and recall of the yes answers to yes-or-no questions for each threshold. Immutable;
 * scikit-learn: {@code precision_recall_curve}.
 *
 * <pre>{@code
 * var curve = PrecisionRecallCurve.of(trainer.predict(test.features()), test.labels());
 * curve.averagePrecision();    // 0.71
 * curve.recalls();             // x of the points, from 1 down to 0
 * curve.precisions();          // y of the points
 * }</pre>
 *
 * <p>There is a point for each different score in ascending order, and at the end recall 0 with
 * precision 1 and an infinite threshold.
 */
public final class PrecisionRecallCurve {
  private static final String NAME = "precision recall curve";

  private final double[] precisions;
  private final double[] recalls;
  private final double[] thresholds;
  private final double averagePrecision;

  private PrecisionRecallCurve(Ranking ranking) {
    var precision = new Numbers();
    var recall = new Numbers();
    var scores = new Numbers();
    precision.add(1);
    recall.add(0);
    scores.add(Double.POSITIVE_INFINITY);
    for (Ranking.Thresholds at = ranking.thresholds(); at.next(); ) {
      int found = at.truePositives();
      precision.add((double) found / (found + at.falsePositives()));
      recall.add((double) found / ranking.positives());
      scores.add(at.threshold());
    }
    precisions = reversed(precision);
    recalls = reversed(recall);
    thresholds = reversed(scores);
    averagePrecision = ranking.averagePrecision();
  }

  private static double[] reversed(Numbers numbers) {
    double[] values = new double[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(values.length - 1 - i);
    }
    return values;
  }

  /**
   * The curve of scores and answers.
   *
   * @param scores logits, probabilities or any other {@code [n]} or {@code [n, 1]}; or logits or
   *     probabilities of two classes {@code [n, 2]}, whose score is their difference
   * @param labels 0 and 1 of the scores' shape, or INT32 {@code [n]} for two classes
   * @throws ArgumentException if no answer is yes, there are more than two classes, or a score is
   *     NaN
   * @throws org.lawu.error.ShapeException if the shapes do not fit
   */
  public static PrecisionRecallCurve of(Tensor scores, Tensor labels) {
    return of(Questions.ranking(NAME, scores, labels));
  }

  /**
   * The curve of scores and answers.
   *
   * @throws ArgumentException if their numbers differ, no answer is yes, or a score is NaN
   */
  public static PrecisionRecallCurve of(double[] scores, boolean[] answers) {
    return of(Questions.ranking(NAME, scores, answers));
  }

  private static PrecisionRecallCurve of(Ranking ranking) {
    if (ranking.positives() == 0) {
      throw new ArgumentException(
          "%s: it needs rows whose answer is yes, got none among %d; take a larger sample"
              .formatted(NAME, ranking.negatives()));
    }
    return new PrecisionRecallCurve(ranking);
  }

  /** The number of points. */
  public int size() {
    return thresholds.length;
  }

  /** The precision of each point. */
  public double[] precisions() {
    return precisions.clone();
  }

  /** The recall of each point; descending. */
  public double[] recalls() {
    return recalls.clone();
  }

  /** The threshold of each point, at or above which the answer is yes; ascending. */
  public double[] thresholds() {
    return thresholds.clone();
  }

  /** The precision at each threshold times the recall it adds, summed. */
  public double averagePrecision() {
    return averagePrecision;
  }

  @Override
  public String toString() {
    return "PrecisionRecallCurve[%d points, averagePrecision=%.4f]"
        .formatted(size(), averagePrecision);
  }
}
