package org.lawu.train.metric;

import org.lawu.error.ArgumentException;
import org.lawu.tensor.Tensor;

/**
 * The receiver operating characteristic of yes-or-no questions: what share of the yes and what
 * share of the no lies at or above each threshold. Immutable; scikit-learn: {@code roc_curve}.
 *
 * <pre>{@code
 * var curve = RocCurve.of(trainer.predict(test.features()), test.labels());
 * curve.auc();                   // 0.93
 * curve.falsePositiveRates();    // x of the points, from 0 to 1
 * curve.truePositiveRates();     // y of the points, from 0 to 1
 * }</pre>
 *
 * <p>Points on a straight line between their neighbours are left out. The first is (0, 0) with an
 * infinite threshold, the last (1, 1).
 */
public final class RocCurve {
  private static final String NAME = "roc curve";

  private final double[] falsePositiveRates;
  private final double[] truePositiveRates;
  private final double[] thresholds;
  private final double auc;

  private RocCurve(Ranking ranking) {
    var x = new Numbers();
    var y = new Numbers();
    var scores = new Numbers();
    x.add(0);
    y.add(0);
    scores.add(Double.POSITIVE_INFINITY);
    Ranking.Thresholds at = ranking.thresholds();
    Ranking.Thresholds ahead = ranking.thresholds();
    ahead.next();
    int left = 0;
    int below = 0;
    while (at.next()) {
      boolean more = ahead.next();
      boolean straight =
          more
              && scores.size() > 1
              && ahead.falsePositives() - at.falsePositives() == at.falsePositives() - left
              && ahead.truePositives() - at.truePositives() == at.truePositives() - below;
      if (!straight) {
        x.add((double) at.falsePositives() / ranking.negatives());
        y.add((double) at.truePositives() / ranking.positives());
        scores.add(at.threshold());
      }
      left = at.falsePositives();
      below = at.truePositives();
    }
    falsePositiveRates = x.toArray();
    truePositiveRates = y.toArray();
    thresholds = scores.toArray();
    auc = ranking.rocAuc();
  }

  /**
   * The curve of scores and answers.
   *
   * @param scores logits, probabilities or any other {@code [n]} or {@code [n, 1]}; or logits or
   *     probabilities of two classes {@code [n, 2]}, whose score is their difference
   * @param labels 0 and 1 of the scores' shape, or INT32 {@code [n]} for two classes
   * @throws ArgumentException if all answers are the same, there are more than two classes, or a
   *     score is NaN
   * @throws org.lawu.error.ShapeException if the shapes do not fit
   */
  public static RocCurve of(Tensor scores, Tensor labels) {
    return of(Questions.ranking(NAME, scores, labels));
  }

  /**
   * The curve of scores and answers.
   *
   * @throws ArgumentException if their numbers differ, all answers are the same, or a score is NaN
   */
  public static RocCurve of(double[] scores, boolean[] answers) {
    return of(Questions.ranking(NAME, scores, answers));
  }

  private static RocCurve of(Ranking ranking) {
    if (ranking.positives() == 0 || ranking.negatives() == 0) {
      throw new ArgumentException(
          "%s: it needs rows of both answers, got %d yes and %d no; take a larger sample"
              .formatted(NAME, ranking.positives(), ranking.negatives()));
    }
    return new RocCurve(ranking);
  }

  /** The number of points. */
  public int size() {
    return thresholds.length;
  }

  /** Of each point, the share of no whose score is at or above the threshold; ascending. */
  public double[] falsePositiveRates() {
    return falsePositiveRates.clone();
  }

  /** Of each point, the share of yes whose score is at or above the threshold; ascending. */
  public double[] truePositiveRates() {
    return truePositiveRates.clone();
  }

  /** The threshold of each point; descending. */
  public double[] thresholds() {
    return thresholds.clone();
  }

  /**
   * The area under the curve: the share of pairs of a yes and a no in which yes has the higher
   * score, equal scores counting half.
   */
  public double auc() {
    return auc;
  }

  @Override
  public String toString() {
    return "RocCurve[%d points, auc=%.4f]".formatted(size(), auc);
  }
}
