package org.lawu.train.metric;

/**
 * Mean absolute error: the mean of {@code |y - t|} over all numbers. scikit-learn: {@code
 * mean_absolute_error}. Prediction and target have one shape.
 */
public final class Mae implements Metric {

  @Override
  public String name() {
    return "mae";
  }

  @Override
  public Accumulator accumulator() {
    return new Errors(name()) {

      @Override
      double of(double prediction, double target) {
        return Math.abs(prediction - target);
      }
    };
  }

  @Override
  public String toString() {
    return "Mae";
  }
}
