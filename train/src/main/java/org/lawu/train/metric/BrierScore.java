package org.lawu.train.metric;

import org.lawu.error.ArgumentException;
import org.lawu.tensor.Tensor;

/**
 * The mean of {@code (p - t)^2} over yes-or-no questions, with the probability {@code p} of yes and
 * the answer {@code t}, 1 or 0: small where probabilities are both sharp and honest. Brier,
 * "Verification of forecasts expressed in terms of probability" (1950); scikit-learn: {@code
 * brier_score_loss}. Predictions are logits by default.
 *
 * <p>For shapes see {@link CountedMetric}; with more than two classes it is refused.
 */
public final class BrierScore implements Metric {
  private final Reading reading;

  private BrierScore(Reading reading) {
    this.reading = reading;
  }

  /** From logits. */
  public BrierScore() {
    this(Reading.LOGITS);
  }

  /** The same for predictions that are probabilities. */
  public BrierScore fromProbabilities() {
    return new BrierScore(reading.fromProbabilities());
  }

  @Override
  public String name() {
    return "brier";
  }

  @Override
  public Accumulator accumulator() {
    return new Batches();
  }

  private final class Batches extends Mean {

    @Override
    public void add(Tensor prediction, Tensor target) {
      var rows = Rows.of(name(), prediction, target, reading);
      if (rows.classes() != 2) {
        throw new ArgumentException(
            "brier: it is of yes-or-no questions, there are %d classes; take LogLoss"
                .formatted(rows.classes()));
      }
      double[] probabilities = rows.probabilities();
      int[] labels = rows.labels();
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] != Rows.IGNORED) {
          double error = probabilities[2 * i + 1] - labels[i];
          count(error * error);
        }
      }
    }
  }

  @Override
  public String toString() {
    return "BrierScore[%s]".formatted(reading.probabilities() ? "probabilities" : "logits");
  }
}
