package org.lawu.train.metric;

import org.lawu.tensor.Tensor;

/**
 * {@code e} to the mean of {@code -log p} over all tokens, where {@code p} is the probability that
 * was given to the right one: among how many equally likely tokens a language model seems to
 * choose. The exponential is of the mean over all batches, not the mean of exponentials.
 *
 * <p>Shapes: logits {@code [..., vocabulary]} and INT32 tokens {@code [...]}.
 */
public final class Perplexity implements Metric {
  private final Reading reading;

  private Perplexity(Reading reading) {
    this.reading = reading;
  }

  /** From logits, over all tokens but -100. */
  public Perplexity() {
    this(Reading.LOGITS);
  }

  /** The same for predictions that are probabilities, held from 0 as in {@link LogLoss}. */
  public Perplexity fromProbabilities() {
    return new Perplexity(reading.fromProbabilities());
  }

  /** The same without a token, such as padding, as in the loss; -100 by default. */
  public Perplexity ignoreIndex(int token) {
    return new Perplexity(reading.ignoreIndex(token));
  }

  @Override
  public String name() {
    return "perplexity";
  }

  @Override
  public Accumulator accumulator() {
    var surprise = new Surprise(name(), reading);
    return new Accumulator() {

      @Override
      public void add(Tensor prediction, Tensor target) {
        surprise.add(prediction, target);
      }

      @Override
      public double result() {
        return Math.exp(surprise.result());
      }

      @Override
      public double[] state() {
        return surprise.state();
      }

      @Override
      public void restore(double[] state) {
        surprise.restore(state);
      }
    };
  }

  @Override
  public String toString() {
    return "Perplexity[%s]".formatted(reading.probabilities() ? "probabilities" : "logits");
  }
}
