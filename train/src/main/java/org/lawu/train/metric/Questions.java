package org.lawu.train.metric;

import org.lawu.error.ArgumentException;
import org.lawu.tensor.Tensor;

/** Scores and answers of yes-or-no questions, checked, for the curves. */
final class Questions {
  private Questions() {}

  static Ranking ranking(String curve, Tensor scores, Tensor labels) {
    var rows = Rows.of(curve, scores, labels, Reading.LOGITS);
    if (rows.classes() != 2) {
      throw new ArgumentException(
          "%s: it is of yes-or-no questions, there are %d classes; give the scores of one class"
              .formatted(curve, rows.classes()));
    }
    double[] values = rows.scores();
    int[] answers = rows.labels();
    var ranking = new Ranking();
    for (int i = 0; i < answers.length; i++) {
      if (answers[i] != Rows.IGNORED) {
        ranking.add(checked(curve, values[i], i), answers[i] == 1);
      }
    }
    return ranking;
  }

  static Ranking ranking(String curve, double[] scores, boolean[] answers) {
    if (scores.length != answers.length) {
      throw new ArgumentException(
          "%s: there must be an answer for each score, got %d for %d"
              .formatted(curve, answers.length, scores.length));
    }
    var ranking = new Ranking();
    for (int i = 0; i < scores.length; i++) {
      ranking.add(checked(curve, scores[i], i), answers[i]);
    }
    return ranking;
  }

  private static double checked(String curve, double score, int row) {
    if (Double.isNaN(score)) {
      throw new ArgumentException(
          "%s: scores must be numbers, got NaN in row %d; look for it in the model's output"
              .formatted(curve, row));
    }
    return score;
  }
}
