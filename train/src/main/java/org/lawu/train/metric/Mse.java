package org.lawu.train.metric;

/**
 * Mean squared error: the mean of {@code (y - t)^2} over all numbers. scikit-learn: {@code
 * mean_squared_error}. Prediction and target have one shape.
 */
public final class Mse implements Metric {

  @Override
  public String name() {
    return "mse";
  }

  @Override
  public Accumulator accumulator() {
    return new Errors(name()) {

      @Override
      double of(double prediction, double target) {
        double error = prediction - target;
        return error * error;
      }
    };
  }

  @Override
  public String toString() {
    return "Mse";
  }
}
