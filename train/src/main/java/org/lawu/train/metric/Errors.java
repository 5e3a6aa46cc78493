package org.lawu.train.metric;

import org.lawu.error.ShapeException;
import org.lawu.tensor.Tensor;

/** The mean of a measure of the error of each number. */
abstract class Errors extends Mean {
  private final String metric;

  /**
   * Nothing so far.
   *
   * @param metric the name in messages
   */
  Errors(String metric) {
    this.metric = metric;
  }

  abstract double of(double prediction, double target);

  @Override
  public final void add(Tensor prediction, Tensor target) {
    check(metric, prediction, target);
    double[] answers = prediction.toDoubleArray();
    double[] truth = target.toDoubleArray();
    for (int i = 0; i < answers.length; i++) {
      count(of(answers[i], truth[i]));
    }
  }

  static void check(String metric, Tensor prediction, Tensor target) {
    if (!prediction.shape().equals(target.shape())) {
      throw new ShapeException(
          "%s: prediction and target must have one shape, got %s and %s"
              .formatted(metric, prediction.shape(), target.shape()));
    }
  }
}
