package org.lawu.train.metric;

import org.lawu.error.ShapeException;
import org.lawu.tensor.Tensor;

/**
 * The share of yes-or-no questions answered rightly: a prediction above the threshold says yes, and
 * a target above 0.5 means yes. By default predictions are logits and the threshold is 0; with
 * {@link #fromProbabilities} it is 0.5, the same answer.
 *
 * <p>Shapes: prediction and target of one shape; every element is a question.
 */
public final class BinaryAccuracy implements Metric {
  private final double threshold;

  private BinaryAccuracy(double threshold) {
    this.threshold = threshold;
  }

  /** From logits. */
  public BinaryAccuracy() {
    this(0);
  }

  /** For predictions that are probabilities, such as those of a sigmoid layer. */
  public BinaryAccuracy fromProbabilities() {
    return new BinaryAccuracy(0.5);
  }

  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public Accumulator accumulator() {
    return new Questions();
  }

  private final class Questions extends Share {

    @Override
    public void add(Tensor prediction, Tensor target) {
      if (!prediction.shape().equals(target.shape())) {
        throw new ShapeException(
            "binary accuracy: prediction and target must have one shape, got %s and %s"
                .formatted(prediction.shape(), target.shape()));
      }
      double[] answers = prediction.toDoubleArray();
      double[] truth = target.toDoubleArray();
      for (int i = 0; i < answers.length; i++) {
        count(answers[i] > threshold == truth[i] > 0.5);
      }
    }
  }

  @Override
  public String toString() {
    return "BinaryAccuracy[threshold=" + threshold + "]";
  }
}
