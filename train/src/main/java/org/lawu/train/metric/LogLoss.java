package org.lawu.train.metric;

/**
 * The mean of {@code -log p}, where {@code p} is the probability that was given to the right class:
 * cross entropy. scikit-learn: {@code log_loss}. Predictions are logits by default. With {@link
 * #fromProbabilities} they are held away from 0 and 1 by the type's precision (2^-23 for FLOAT32,
 * 2^-52 for FLOAT64), as in scikit-learn, so that a wrong answer of certainty costs much but not
 * infinitely much.
 *
 * <p>For shapes see {@link CountedMetric}.
 */
public final class LogLoss implements Metric {
  private final Reading reading;

  private LogLoss(Reading reading) {
    this.reading = reading;
  }

  /** From logits, over all rows but those with the label -100. */
  public LogLoss() {
    this(Reading.LOGITS);
  }

  /** The same for predictions that are probabilities. */
  public LogLoss fromProbabilities() {
    return new LogLoss(reading.fromProbabilities());
  }

  /** The same without the rows of an INT32 label, as in the loss; -100 by default. */
  public LogLoss ignoreIndex(int label) {
    return new LogLoss(reading.ignoreIndex(label));
  }

  @Override
  public String name() {
    return "log_loss";
  }

  @Override
  public Accumulator accumulator() {
    return new Surprise(name(), reading);
  }

  @Override
  public String toString() {
    return "LogLoss[%s]".formatted(reading.probabilities() ? "probabilities" : "logits");
  }
}
