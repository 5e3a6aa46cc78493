package org.lawu.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/** Assertions that the tests of losses share. */
final class LossChecks {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-7;

  private LossChecks() {}

  /** Normally distributed doubles. */
  static Tensor normal(long seed, int... sizes) {
    return Tensor.normal(new Philox(seed), 0, 1, sizes).to(DType.FLOAT64);
  }

  static void hasValue(Tensor loss, double expected) {
    assertThat(loss.rank()).isZero();
    assertThat(loss.item()).isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
  }

  /** The gradient of a FLOAT64 prediction is that of central differences, for each reduction. */
  static void hasGradient(Loss mean, Loss sum, Loss none, Tensor prediction, Tensor target) {
    hasGradient(mean, prediction, target);
    hasGradient(sum, prediction, target);
    hasGradient((x, y) -> weighed(none.of(x, y)), prediction, target);
  }

  private static Tensor weighed(Tensor losses) {
    Tensor weights = Tensor.arange(losses.shape().elements()).to(DType.FLOAT64);
    return losses.mul(weights.reshape(losses.shape())).sum();
  }

  private static void hasGradient(Loss loss, Tensor prediction, Tensor target) {
    Tensor leaf = prediction.withGradient();
    Tensor value = loss.of(leaf, target);
    assertThat(value.dtype()).isEqualTo(DType.FLOAT64);
    double[] gradient = value.backward().of(leaf).toDoubleArray();
    double[] at = prediction.toDoubleArray();
    for (int i = 0; i < at.length; i++) {
      double slope =
          (shifted(loss, prediction, target, i, STEP) - shifted(loss, prediction, target, i, -STEP))
              / (2 * STEP);
      assertThat(gradient[i]).isCloseTo(slope, within(TOLERANCE * Math.max(1, Math.abs(slope))));
    }
  }

  private static double shifted(Loss loss, Tensor prediction, Tensor target, int i, double by) {
    double[] elements = prediction.toDoubleArray();
    elements[i] += by;
    return loss.of(Tensor.of(elements, prediction.shape().toArray()), target).item();
  }
}
