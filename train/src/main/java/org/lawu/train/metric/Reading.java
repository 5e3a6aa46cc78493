package org.lawu.train.metric;

import org.lawu.error.ArgumentException;

/**
 * How predictions and labels are to be read.
 *
 * @param threshold the probability above which the answer is yes
 * @param probabilities whether predictions are probabilities rather than logits
 * @param ignored the label of rows that count for nothing
 */
record Reading(double threshold, boolean probabilities, int ignored) {
  private static final double EVEN = 0.5;

  /** Logits, with the threshold 0.5, without the rows of the label -100. */
  static final Reading LOGITS = new Reading(EVEN, false, -100);

  Reading {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new ArgumentException(
          "threshold: it is a probability, in 0 to 1 for logits too; got " + threshold);
    }
  }

  Reading fromProbabilities() {
    return new Reading(threshold, true, ignored);
  }

  Reading threshold(double probability) {
    return new Reading(probability, probabilities, ignored);
  }

  Reading ignoreIndex(int label) {
    return new Reading(threshold, probabilities, label);
  }

  /** Whether the larger of two probabilities wins. */
  boolean isEven() {
    return threshold == EVEN;
  }

  /** The score above which the answer is yes: the threshold or its logit. */
  double scoreThreshold() {
    return probabilities ? threshold : Math.log(threshold / (1 - threshold));
  }
}
