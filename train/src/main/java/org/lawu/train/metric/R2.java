package org.lawu.train.metric;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Tensor;

/**
 * The coefficient of determination, {@code 1 - sum (y - t)^2 / sum (t - mean t)^2}: the share of
 * the target's variance that the predictions explain. 1 is perfect, 0 is what the mean would do,
 * and worse is negative. Of several outputs {@code [n, outputs]} it is the mean over the outputs.
 * scikit-learn: {@code r2_score}, also where the target does not vary: 1 if the predictions are
 * perfect, else 0.
 *
 * <p>Prediction and target have one shape. NaN over fewer than two rows.
 */
public final class R2 implements Metric {

  @Override
  public String name() {
    return "r2";
  }

  @Override
  public Accumulator accumulator() {
    return new Outputs();
  }

  /**
   * The variance is summed as in Welford (1962), over the distances from the first row, so that a
   * mean far from 0 costs no digits.
   */
  private static final class Outputs implements Accumulator {
    private long rows;
    private double @Nullable [] firsts;
    private double[] means = {};
    private double[] deviations = {};
    private double[] errors = {};

    @Override
    public void add(Tensor prediction, Tensor target) {
      Errors.check("r2", prediction, target);
      int count = target.rank() == 0 ? 1 : target.size(0);
      if (count == 0) {
        return;
      }
      double[] answers = prediction.toDoubleArray();
      double[] truth = target.toDoubleArray();
      int outputs = truth.length / count;
      if (firsts == null) {
        firsts = Arrays.copyOf(truth, outputs);
        means = new double[outputs];
        deviations = new double[outputs];
        errors = new double[outputs];
      } else if (outputs != firsts.length) {
        throw new ShapeException(
            "r2: all batches must have the same outputs, got %d after %d"
                .formatted(outputs, firsts.length));
      }
      for (int i = 0; i < count; i++) {
        rows++;
        for (int output = 0; output < outputs; output++) {
          double value = truth[i * outputs + output];
          double error = answers[i * outputs + output] - value;
          double distance = value - firsts[output];
          double before = distance - means[output];
          means[output] += before / rows;
          deviations[output] += before * (distance - means[output]);
          errors[output] += error * error;
        }
      }
    }

    @Override
    public double result() {
      if (rows < 2) {
        return Double.NaN;
      }
      double sum = 0;
      for (int output = 0; output < errors.length; output++) {
        sum += explained(errors[output], deviations[output]);
      }
      return sum / errors.length;
    }

    @Override
    public double[] state() {
      return firsts == null
          ? new double[0]
          : Stream.of(new double[] {rows}, firsts, means, deviations, errors)
              .flatMapToDouble(DoubleStream::of)
              .toArray();
    }

    @Override
    public void restore(double[] state) {
      rows = (long) state[0];
      int outputs = (state.length - 1) / 4;
      firsts = Arrays.copyOfRange(state, 1, 1 + outputs);
      means = Arrays.copyOfRange(state, 1 + outputs, 1 + 2 * outputs);
      deviations = Arrays.copyOfRange(state, 1 + 2 * outputs, 1 + 3 * outputs);
      errors = Arrays.copyOfRange(state, 1 + 3 * outputs, 1 + 4 * outputs);
    }

    private static double explained(double errors, double deviations) {
      if (deviations != 0 || Double.isNaN(errors)) {
        return 1 - errors / deviations;
      }
      return errors == 0 ? 1 : 0;
    }
  }

  @Override
  public String toString() {
    return "R2";
  }
}
