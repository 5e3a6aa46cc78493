package org.lawu.train.metric;

import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/** The mean of {@code -log p} over the rows, with the probability of the right class. */
final class Surprise extends Mean {
  private final String metric;
  private final Reading reading;

  /**
   * Nothing so far.
   *
   * @param metric the name in messages
   */
  Surprise(String metric, Reading reading) {
    this.metric = metric;
    this.reading = reading;
  }

  @Override
  public void add(Tensor prediction, Tensor target) {
    var rows = Rows.of(metric, prediction, target, reading);
    int[] labels = rows.labels();
    double[] values = reading.probabilities() ? rows.probabilities() : rows.values();
    double smallest = prediction.dtype() == DType.FLOAT64 ? Math.ulp(1.0) : Math.ulp(1f);
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != Rows.IGNORED) {
        count(
            reading.probabilities()
                ? ofProbability(values[i * rows.classes() + labels[i]], smallest)
                : rows.surprise(values, i));
      }
    }
  }

  private static double ofProbability(double probability, double smallest) {
    return -Math.log(Math.clamp(probability, smallest, 1 - smallest));
  }
}
