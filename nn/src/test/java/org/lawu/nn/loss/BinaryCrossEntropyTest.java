package org.lawu.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Autograd;
import org.lawu.tensor.Tensor;

class BinaryCrossEntropyTest {
  private static final BinaryCrossEntropy LOGITS = new BinaryCrossEntropy();
  private static final BinaryCrossEntropy PROBABILITIES = LOGITS.fromProbabilities();

  @Test
  void hasTheValuesOfItsFormula() {
    Tensor target = Tensor.of(1f, 0f, 0.25f);
    double first = Math.log1p(Math.exp(-2));
    double second = Math.log1p(Math.exp(-1));
    double third = Math.log(2);
    Tensor logits = Tensor.of(2f, -1f, 0f);
    LossChecks.hasValue(LOGITS.of(logits, target), (first + second + third) / 3);
    LossChecks.hasValue(PROBABILITIES.of(logits.sigmoid(), target), (first + second + third) / 3);
    LossChecks.hasValue(LOGITS.reduction(Reduction.SUM).of(logits, target), first + second + third);
    assertThat(LOGITS.reduction(Reduction.NONE).of(logits, target).shape())
        .isEqualTo(target.shape());
  }

  @Test
  void isExactForLargeLogits() {
    Tensor losses =
        LOGITS
            .reduction(Reduction.NONE)
            .of(Tensor.of(50f, -50f, 1000f, -1000f), Tensor.of(1f, 0f, 0f, 1f));
    assertThat(losses.get(0)).isBetween(1.9e-22, 2e-22);
    assertThat(losses.get(1)).isBetween(1.9e-22, 2e-22);
    assertThat(losses.get(2)).isEqualTo(1000);
    assertThat(losses.get(3)).isEqualTo(1000);
  }

  @Test
  void holdsLogarithmsAtMinusOneHundred() {
    Tensor prediction = Tensor.of(0f, 1f, 0f, 1f).withGradient();
    Tensor losses =
        PROBABILITIES.reduction(Reduction.NONE).of(prediction, Tensor.of(1f, 0f, 0f, 1f));
    assertThat(losses.detach()).isEqualTo(Tensor.of(100f, 100f, 0f, 0f));
    assertThat(losses.sum().backward().of(prediction)).isEqualTo(Tensor.of(-1e12f, 1e12f, 0f, 0f));
  }

  @Test
  void gradientsAreThoseOfDifferences() {
    Tensor logits = LossChecks.normal(1, 3, 4);
    Tensor target = LossChecks.normal(2, 3, 4).sigmoid();
    LossChecks.hasGradient(
        LOGITS, LOGITS.reduction(Reduction.SUM), LOGITS.reduction(Reduction.NONE), logits, target);
    LossChecks.hasGradient(
        PROBABILITIES,
        PROBABILITIES.reduction(Reduction.SUM),
        PROBABILITIES.reduction(Reduction.NONE),
        logits.sigmoid(),
        target);
    // The target may depend on something too.
    LossChecks.hasGradient(
        (x, y) -> PROBABILITIES.of(y, x),
        (x, y) -> LOGITS.of(y, x),
        (x, y) -> PROBABILITIES.reduction(Reduction.NONE).of(y, x),
        target,
        logits.sigmoid());
  }

  @Test
  void hasSecondDerivatives() {
    Tensor p = Tensor.of(0.3).withGradient();
    Tensor loss = PROBABILITIES.of(p, Tensor.of(1.0));
    Tensor first = Autograd.grad(loss, p, true);
    Tensor second = Autograd.grad(first.sum(), p, false);
    assertThat(first.item()).isCloseTo(-1 / 0.3, within(1e-12));
    assertThat(second.item()).isCloseTo(1 / 0.09, within(1e-9));
  }

  @Test
  void takesNothing() {
    Tensor none = Tensor.zeros(0, 2);
    assertThat(PROBABILITIES.reduction(Reduction.SUM).of(none, none).item()).isZero();
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> PROBABILITIES.of(Tensor.of(0.5f, 1.5f), Tensor.of(0f, 1f)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "binaryCrossEntropy: probabilities must be in 0 to 1, got numbers from 0.5 to 1.5; for"
                + " logits leave out fromProbabilities()");
    assertThatThrownBy(() -> LOGITS.of(Tensor.zeros(2, 1), Tensor.zeros(2)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "binaryCrossEntropy: prediction and target must have one shape, got [2, 1] and [2];"
                + " reshape one of them");
    assertThatThrownBy(() -> LOGITS.of(Tensor.zeros(2), Tensor.of(0, 1)))
        .isInstanceOf(DTypeException.class);
  }
}
