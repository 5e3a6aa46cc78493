package org.lawu.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Tensor;

class RegressionLossesTest {
  private static final Tensor PREDICTION = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
  private static final Tensor TARGET = Tensor.of(new float[] {1, 4, 3.5f, 1}, 2, 2);

  @Test
  void meanSquaredError() {
    var loss = new MeanSquaredError();
    LossChecks.hasValue(loss.of(PREDICTION, TARGET), 13.25 / 4);
    LossChecks.hasValue(loss.reduction(Reduction.SUM).of(PREDICTION, TARGET), 13.25);
    assertThat(loss.reduction(Reduction.NONE).of(PREDICTION, TARGET))
        .isEqualTo(Tensor.of(new float[] {0, 4, 0.25f, 9}, 2, 2));
  }

  @Test
  void meanAbsoluteError() {
    var loss = new MeanAbsoluteError();
    LossChecks.hasValue(loss.of(PREDICTION, TARGET), 5.5 / 4);
    LossChecks.hasValue(loss.reduction(Reduction.SUM).of(PREDICTION, TARGET), 5.5);
    assertThat(loss.reduction(Reduction.NONE).of(PREDICTION, TARGET))
        .isEqualTo(Tensor.of(new float[] {0, 2, 0.5f, 3}, 2, 2));
  }

  @Test
  void huber() {
    var loss = new Huber();
    assertThat(loss.reduction(Reduction.NONE).of(PREDICTION, TARGET))
        .isEqualTo(Tensor.of(new float[] {0, 1.5f, 0.125f, 2.5f}, 2, 2));
    LossChecks.hasValue(loss.of(PREDICTION, TARGET), 4.125 / 4);
    LossChecks.hasValue(
        new Huber(2).reduction(Reduction.SUM).of(PREDICTION, TARGET), 2 + 0.125 + 4);
  }

  @Test
  void huberGradientHoldsAtTheSeam() {
    Tensor prediction = Tensor.of(0.0, 1.0, -1.0, 0.5, 3.0).withGradient();
    Tensor loss = new Huber(1, Reduction.SUM).of(prediction, Tensor.of(new double[5], 5));
    assertThat(loss.backward().of(prediction)).isEqualTo(Tensor.of(0.0, 1.0, -1.0, 0.5, 1.0));
  }

  @Test
  void gradientsAreThoseOfDifferences() {
    Tensor prediction = LossChecks.normal(1, 3, 4);
    Tensor target = LossChecks.normal(2, 3, 4);
    LossChecks.hasGradient(
        new MeanSquaredError(),
        new MeanSquaredError(Reduction.SUM),
        new MeanSquaredError(Reduction.NONE),
        prediction,
        target);
    LossChecks.hasGradient(
        new MeanAbsoluteError(),
        new MeanAbsoluteError(Reduction.SUM),
        new MeanAbsoluteError(Reduction.NONE),
        prediction,
        target);
    LossChecks.hasGradient(
        new Huber(0.7),
        new Huber(0.7, Reduction.SUM),
        new Huber(0.7, Reduction.NONE),
        prediction,
        target);
  }

  @Test
  void shapesAreNotBroadcast() {
    for (Loss loss : List.of(new MeanSquaredError(), new MeanAbsoluteError(), new Huber())) {
      assertThatThrownBy(() -> loss.of(Tensor.zeros(4, 1), Tensor.zeros(4)))
          .isInstanceOf(ShapeException.class)
          .hasMessageEndingWith(
              ": prediction and target must have one shape, got [4, 1] and [4]; reshape one of"
                  + " them");
    }
    assertThatThrownBy(() -> new MeanSquaredError().of(Tensor.zeros(2), Tensor.of(1, 2)))
        .isInstanceOf(DTypeException.class)
        .hasMessage(
            "meanSquaredError: prediction and target must be of one floating type, got FLOAT32 and"
                + " INT32; convert with .to(DType.FLOAT32)");
  }

  @Test
  void huberRefusesDeltasThatAreNotPositive() {
    assertThatThrownBy(() -> new Huber(0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "huber: delta must be positive and finite, got 0.0; for squares alone use"
                + " MeanSquaredError");
    assertThatThrownBy(() -> new Huber(-1)).isInstanceOf(ArgumentException.class);
    assertThatThrownBy(() -> new Huber(Double.NaN)).isInstanceOf(ArgumentException.class);
  }
}
