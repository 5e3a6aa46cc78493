package org.lawu.train.metric;

/**
 * Mean absolute percentage error, as a share: the mean of {@code |y - t| / |t|} over all numbers,
 * 0.1 for ten percent. Where a target is 0 it is divided by 2^-52 instead, which gives an enormous
 * number, as in scikit-learn: {@code mean_absolute_percentage_error}. Prediction and target have
 * one shape.
 */
public final class Mape implements Metric {

  @Override
  public String name() {
    return "mape";
  }

  @Override
  public Accumulator accumulator() {
    return new Errors(name()) {

      @Override
      double of(double prediction, double target) {
        return Math.abs(prediction - target) / Math.max(Math.abs(target), Math.ulp(1.0));
      }
    };
  }

  @Override
  public String toString() {
    return "Mape";
  }
}
