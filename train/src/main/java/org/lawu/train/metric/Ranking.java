package org.lawu.train.metric;

/**
 * The scores of yes-or-no questions, those whose answer is yes apart from the others. Sorted, the
 * two lists are merged from the highest score down: at each threshold stand the questions so far on
 * the side of yes. Equal scores pass the threshold together.
 */
final class Ranking {
  private final Numbers yes = new Numbers();
  private final Numbers no = new Numbers();

  void add(double score, boolean truth) {
    (truth ? yes : no).add(score);
  }

  /** Adds the questions of a batch. */
  void add(double[] scores, int[] labels) {
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != Rows.IGNORED) {
        add(scores[i], labels[i] == 1);
      }
    }
  }

  int positives() {
    return yes.size();
  }

  int negatives() {
    return no.size();
  }

  /** The thresholds from the highest score down. */
  Thresholds thresholds() {
    return new Thresholds();
  }

  /** Whether a score is no number, so that there is no order. */
  boolean hasNaN() {
    return endsInNaN(yes) || endsInNaN(no);
  }

  private static boolean endsInNaN(Numbers numbers) {
    numbers.sort();
    return numbers.size() > 0 && Double.isNaN(numbers.get(numbers.size() - 1));
  }

  /** A place in the order of the scores. */
  final class Thresholds {
    private int truePositives;
    private int falsePositives;
    private double threshold = Double.POSITIVE_INFINITY;

    private Thresholds() {
      yes.sort();
      no.sort();
    }

    /** Goes on to the next lower score, if there is one. */
    boolean next() {
      int yesLeft = yes.size() - truePositives;
      int noLeft = no.size() - falsePositives;
      if (yesLeft + noLeft == 0) {
        return false;
      }
      double best = yesLeft > 0 ? yes.get(yesLeft - 1) : no.get(noLeft - 1);
      if (noLeft > 0) {
        best = Math.max(best, no.get(noLeft - 1));
      }
      while (yesLeft > 0 && yes.get(yesLeft - 1) == best) {
        yesLeft--;
      }
      while (noLeft > 0 && no.get(noLeft - 1) == best) {
        noLeft--;
      }
      truePositives = yes.size() - yesLeft;
      falsePositives = no.size() - noLeft;
      threshold = best;
      return true;
    }

    double threshold() {
      return threshold;
    }

    /** The questions with the answer yes whose score is not below the threshold. */
    int truePositives() {
      return truePositives;
    }

    /** The questions with the answer no whose score is not below the threshold. */
    int falsePositives() {
      return falsePositives;
    }
  }

  /**
   * The area under the ROC curve, by trapezoids: the share of pairs of a yes and a no in which yes
   * has the higher score, equal scores counting half. NaN without a yes or a no, and if a score is
   * NaN.
   */
  double rocAuc() {
    if (hasNaN()) {
      return Double.NaN;
    }
    long twice = 0;
    int below = 0;
    int left = 0;
    for (Thresholds at = thresholds(); at.next(); ) {
      twice += (at.falsePositives() - left) * ((long) at.truePositives() + below);
      below = at.truePositives();
      left = at.falsePositives();
    }
    return twice / (2.0 * positives() * negatives());
  }

  /**
   * The sum over the thresholds of the precision times the recall gained. NaN without a yes, and if
   * a score is NaN.
   */
  double averagePrecision() {
    if (hasNaN()) {
      return Double.NaN;
    }
    double sum = 0;
    int found = 0;
    for (Thresholds at = thresholds(); at.next(); ) {
      double precision = (double) at.truePositives() / (at.truePositives() + at.falsePositives());
      sum += (at.truePositives() - found) * precision;
      found = at.truePositives();
    }
    return sum / positives();
  }
}
