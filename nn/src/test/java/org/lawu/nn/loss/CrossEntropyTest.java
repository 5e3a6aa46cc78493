package org.lawu.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.IndexException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class CrossEntropyTest {
  private static final CrossEntropy LOSS = new CrossEntropy();
  private static final Tensor LOGITS = LossChecks.normal(1, 4, 3);
  private static final Tensor LABELS = Tensor.of(2, 0, 1, 2);
  private static final double[] WEIGHTS = {0.5, 1, 3};

  /** {@code -log softmax}. */
  private static double surprise(int row, int label) {
    return -LOGITS.logSoftmax(-1).get(row, label);
  }

  private static Tensor weights() {
    return Tensor.of(WEIGHTS);
  }

  @Test
  void takesTheSurpriseAtEachLabel() {
    double[] rows = {surprise(0, 2), surprise(1, 0), surprise(2, 1), surprise(3, 2)};
    double sum = rows[0] + rows[1] + rows[2] + rows[3];
    LossChecks.hasValue(LOSS.of(LOGITS, LABELS), sum / 4);
    LossChecks.hasValue(LOSS.reduction(Reduction.SUM).of(LOGITS, LABELS), sum);
    assertThat(
            LOSS.reduction(Reduction.NONE)
                .of(LOGITS, LABELS)
                .allClose(Tensor.of(rows), 1e-12, 1e-12))
        .isTrue();
  }

  @Test
  void takesAnyNumberOfAxesBeforeTheClasses() {
    Tensor folded =
        LOSS.reduction(Reduction.NONE).of(LOGITS.reshape(2, 2, 3), LABELS.reshape(2, 2));
    assertThat(folded).isEqualTo(LOSS.reduction(Reduction.NONE).of(LOGITS, LABELS).reshape(2, 2));
    Tensor single = LOSS.of(LOGITS.select(0, 0), Tensor.full(2, Shape.SCALAR, DType.INT32));
    LossChecks.hasValue(single, surprise(0, 2));
  }

  @Test
  void weighsClassesAndTheirMean() {
    double sum = 3 * surprise(0, 2) + 0.5 * surprise(1, 0) + surprise(2, 1) + 3 * surprise(3, 2);
    CrossEntropy weighted = LOSS.classWeights(weights());
    LossChecks.hasValue(weighted.of(LOGITS, LABELS), sum / 7.5);
    LossChecks.hasValue(weighted.reduction(Reduction.SUM).of(LOGITS, LABELS), sum);
    assertThat(weighted.reduction(Reduction.NONE).of(LOGITS, LABELS).get(1))
        .isEqualTo(0.5 * surprise(1, 0));
  }

  @Test
  void ignoresALabelWhoseLossWouldBeInfinite() {
    Tensor logits =
        Tensor.of(new double[] {1, 2, Double.NEGATIVE_INFINITY, 0}, 2, 2).withGradient();
    Tensor labels = Tensor.of(1, -100);
    double expected = -logits.detach().logSoftmax(-1).get(0, 1);
    Tensor loss = LOSS.of(logits, labels);
    assertThat(loss.item()).isEqualTo(expected);
    assertThat(loss.backward().of(logits).select(0, 1).abs()).isEqualTo(Tensor.of(0.0, 0.0));
    Tensor smoothed = LOSS.labelSmoothing(0.1).of(logits, labels);
    Tensor alone = LOSS.labelSmoothing(0.1).of(logits.slice(0, 0, 1), Tensor.of(1));
    assertThat(smoothed.item()).isEqualTo(alone.item());
  }

  @Test
  void ignoresALabel() {
    Tensor labels = Tensor.of(2, -100, 1, -100);
    double sum = surprise(0, 2) + surprise(2, 1);
    LossChecks.hasValue(LOSS.of(LOGITS, labels), sum / 2);
    LossChecks.hasValue(LOSS.reduction(Reduction.SUM).of(LOGITS, labels), sum);
    assertThat(LOSS.reduction(Reduction.NONE).of(LOGITS, labels).get(1)).isZero();
    LossChecks.hasValue(
        LOSS.ignoreIndex(2).of(LOGITS, LABELS), (surprise(1, 0) + surprise(2, 1)) / 2);
    assertThat(LOSS.of(LOGITS, Tensor.of(-100, -100, -100, -100)).item()).isNaN();
  }

  @Test
  void smoothsLabels() {
    double sum = 0;
    double weighted = 0;
    double[] labels = LABELS.toDoubleArray();
    for (int row = 0; row < 3; row++) {
      int label = (int) labels[row];
      sum += 0.9 * surprise(row, label);
      weighted += 0.9 * WEIGHTS[label] * surprise(row, label);
      for (int c = 0; c < 3; c++) {
        sum += 0.1 / 3 * surprise(row, c);
        weighted += 0.1 / 3 * WEIGHTS[c] * surprise(row, c);
      }
    }
    Tensor ignoringLast = Tensor.of(2, 0, 1, -100);
    CrossEntropy smooth = LOSS.labelSmoothing(0.1);
    LossChecks.hasValue(smooth.of(LOGITS, ignoringLast), sum / 3);
    LossChecks.hasValue(smooth.classWeights(weights()).of(LOGITS, ignoringLast), weighted / 4.5);
    LossChecks.hasValue(LOSS.labelSmoothing(0).of(LOGITS, LABELS), LOSS.of(LOGITS, LABELS).item());
  }

  @Test
  void takesProbabilities() {
    Tensor certain = LABELS.oneHot(3).to(DType.FLOAT64);
    for (UnaryOperator<CrossEntropy> option : options()) {
      CrossEntropy sum = option.apply(LOSS).reduction(Reduction.SUM);
      LossChecks.hasValue(sum.of(LOGITS, certain), sum.of(LOGITS, LABELS).item());
      // With weights, labels divide by the sum of their weights and probabilities by the rows.
      LossChecks.hasValue(
          option.apply(LOSS).of(LOGITS, certain), sum.of(LOGITS, LABELS).item() / 4);
      assertThat(option.apply(LOSS).reduction(Reduction.NONE).of(LOGITS, certain).shape())
          .isEqualTo(Shape.of(4));
    }
  }

  private static List<UnaryOperator<CrossEntropy>> options() {
    return List.of(
        loss -> loss,
        loss -> loss.labelSmoothing(0.2),
        loss -> loss.classWeights(weights()),
        loss -> loss.labelSmoothing(0.2).classWeights(weights()));
  }

  @Test
  void gradientsAreThoseOfDifferences() {
    Tensor probabilities = LossChecks.normal(5, 4, 3).softmax(-1);
    for (UnaryOperator<CrossEntropy> option : options()) {
      CrossEntropy loss = option.apply(LOSS);
      CrossEntropy sum = loss.reduction(Reduction.SUM);
      CrossEntropy none = loss.reduction(Reduction.NONE);
      LossChecks.hasGradient(loss, sum, none, LOGITS, LABELS);
      LossChecks.hasGradient(loss, sum, none, LOGITS, Tensor.of(2, -100, 1, 2));
      LossChecks.hasGradient(loss, sum, none, LOGITS, probabilities);
    }
  }

  @Test
  void optionsLeaveTheLossTheyStartFromAlone() {
    CrossEntropy loss = new CrossEntropy();
    double before = loss.of(LOGITS, LABELS).item();
    loss.labelSmoothing(0.5).classWeights(weights()).ignoreIndex(2).reduction(Reduction.NONE);
    assertThat(loss.of(LOGITS, LABELS).item()).isEqualTo(before);
  }

  @Test
  void worksInSinglePrecision() {
    Tensor loss = LOSS.classWeights(weights()).of(LOGITS.to(DType.FLOAT32), LABELS);
    assertThat(loss.dtype()).isEqualTo(DType.FLOAT32);
  }

  @Test
  void refusesLabelsThatAreNoClasses() {
    assertThatThrownBy(() -> LOSS.of(LOGITS, Tensor.of(0, 1, 3, 0)))
        .isInstanceOf(IndexException.class)
        .hasMessage(
            "crossEntropy: label 3 (number 2 of [4]) is out of range 0 to 2; only -100, which is"
                + " ignored, may be");
    assertThatThrownBy(() -> LOSS.of(LOGITS, Tensor.of(0, -1, 1, 0)))
        .isInstanceOf(IndexException.class);
  }

  @Test
  void refusesShapesAndTypesThatDoNotFit() {
    assertThatThrownBy(() -> LOSS.of(LOGITS, Tensor.of(0, 1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "crossEntropy: needs predictions [..., classes] and labels [...], got [4, 3] and [2]");
    assertThatThrownBy(() -> LOSS.of(LOGITS, Tensor.zeros(4)))
        .isInstanceOf(DTypeException.class)
        .hasMessage(
            "crossEntropy: the target must be INT32 labels [...] or FLOAT64 probabilities"
                + " [..., classes], got FLOAT32 [4]; convert with .to(...)");
    assertThatThrownBy(() -> LOSS.of(LOGITS, LossChecks.normal(1, 4)))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> LOSS.of(Tensor.arange(3), Tensor.of(1)))
        .isInstanceOf(DTypeException.class);
    assertThatThrownBy(() -> LOSS.classWeights(Tensor.ones(2)).of(LOGITS, LABELS))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "crossEntropy: there are 3 classes, but the class weights are [2]; give one weight for"
                + " each");
  }

  @Test
  void refusesToIgnoreALabelAmongProbabilities() {
    assertThatThrownBy(() -> LOSS.ignoreIndex(1).of(LOGITS, LOGITS.softmax(-1)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("crossEntropy: ignoreIndex 1 needs INT32 labels, got FLOAT64 [4, 3]");
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> LOSS.labelSmoothing(1.1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("crossEntropy: the label smoothing must be in 0 to 1, got 1.1");
    assertThatThrownBy(() -> LOSS.classWeights(Tensor.ones(2, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "crossEntropy: class weights must be a floating vector [classes], got FLOAT32 [2, 2]");
    assertThatThrownBy(() -> LOSS.classWeights(Tensor.of(1f, -1f)))
        .isInstanceOf(ArgumentException.class)
        .hasMessageStartingWith("crossEntropy: class weights must not be negative, got ");
  }
}
