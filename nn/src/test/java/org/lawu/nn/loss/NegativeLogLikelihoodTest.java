package org.lawu.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lawu.error.IndexException;
import org.lawu.tensor.Tensor;

class NegativeLogLikelihoodTest {
  private static final Tensor LOGITS = LossChecks.normal(1, 4, 3);
  private static final Tensor LABELS = Tensor.of(2, -100, 1, 2);

  @Test
  void completesACrossEntropy() {
    Tensor weights = Tensor.of(0.5f, 1f, 3f);
    for (Reduction reduction : Reduction.values()) {
      Tensor whole =
          new CrossEntropy().classWeights(weights).reduction(reduction).of(LOGITS, LABELS);
      Tensor parts =
          new NegativeLogLikelihood()
              .classWeights(weights)
              .reduction(reduction)
              .of(LOGITS.logSoftmax(-1), LABELS);
      assertThat(parts.allClose(whole, 1e-12, 1e-12)).isTrue();
    }
  }

  @Test
  void gradientsAreThoseOfDifferences() {
    var loss = new NegativeLogLikelihood().ignoreIndex(1);
    LossChecks.hasGradient(
        loss,
        loss.reduction(Reduction.SUM),
        loss.reduction(Reduction.NONE),
        LOGITS,
        Tensor.of(2, 1, 0, 2));
  }

  @Test
  void refusesLabelsThatAreNoClasses() {
    assertThatThrownBy(() -> new NegativeLogLikelihood().of(LOGITS, Tensor.of(0, 1, 3, 0)))
        .isInstanceOf(IndexException.class)
        .hasMessage(
            "negativeLogLikelihood: label 3 (number 2 of [4]) is out of range 0 to 2; only -100,"
                + " which is ignored, may be");
  }
}
