package org.lawu.train.metric;

/**
 * Root mean squared error: the root of the mean of {@code (y - t)^2} over all numbers of all
 * batches, in the unit of the target. scikit-learn: the root of {@code mean_squared_error}.
 * Prediction and target have one shape.
 */
public final class Rmse implements Metric {

  @Override
  public String name() {
    return "rmse";
  }

  @Override
  public Accumulator accumulator() {
    return new Errors(name()) {

      @Override
      double of(double prediction, double target) {
        double error = prediction - target;
        return error * error;
      }

      @Override
      public double result() {
        return Math.sqrt(super.result());
      }
    };
  }

  @Override
  public String toString() {
    return "Rmse";
  }
}
