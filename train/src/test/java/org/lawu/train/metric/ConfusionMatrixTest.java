package org.lawu.train.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.IndexException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Tensor;

class ConfusionMatrixTest {
  private static final int[] PREDICTIONS = {0, 1, 1, 2, 0};
  private static final int[] LABELS = {0, 1, 0, 2, 2};
  private static final ConfusionMatrix MATRIX = ConfusionMatrix.of(PREDICTIONS, LABELS, 3);

  @Test
  void countsRowsByTruthAndPrediction() {
    assertThat(MATRIX.toArray()).isDeepEqualTo(new long[][] {{1, 1, 0}, {0, 1, 0}, {1, 0, 1}});
    assertThat(MATRIX.count(0, 1)).isEqualTo(1);
    assertThat(MATRIX.support(2)).isEqualTo(2);
    assertThat(MATRIX.predicted(0)).isEqualTo(2);
    assertThat(MATRIX.total()).isEqualTo(5);
    assertThat(MATRIX.accuracy()).isEqualTo(0.6);
  }

  @Test
  void takesClassesLogitsAndProbabilities() {
    assertThat(ConfusionMatrix.of(Tensor.of(PREDICTIONS), Tensor.of(LABELS))).isEqualTo(MATRIX);
    Tensor logits = Tensor.of(-1f, 2f, 0f, 0.3f);
    Tensor answers = Tensor.of(0f, 1f, 1f, 0f);
    var matrix = ConfusionMatrix.of(new int[] {0, 1, 0, 1}, new int[] {0, 1, 1, 0}, 2);
    assertThat(ConfusionMatrix.of(logits, answers)).isEqualTo(matrix);
    assertThat(ConfusionMatrix.of(logits, Tensor.of(0, 1, 1, 0))).isEqualTo(matrix);
    assertThat(ConfusionMatrix.of(logits, Tensor.of(false, true, true, false))).isEqualTo(matrix);
    assertThat(ConfusionMatrix.ofProbabilities(logits.sigmoid(), answers)).isEqualTo(matrix);
    assertThat(ConfusionMatrix.ofProbabilities(logits.sigmoid(), answers, 0.6).predicted(1))
        .isEqualTo(1);
    assertThat(ConfusionMatrix.ofProbabilities(logits.sigmoid(), answers, 0).predicted(1))
        .isEqualTo(4);
    assertThat(ConfusionMatrix.ofProbabilities(logits.sigmoid(), answers, 1).predicted(1)).isZero();
  }

  @Test
  void integerLabelsMakeAnyShapeQuestions() {
    Tensor logits = Tensor.of(new float[] {-1, 2, 0, 1}, 2, 2);
    Tensor labels = Tensor.of(new int[] {0, 1, 1, 1}, 2, 2);
    assertThat(ConfusionMatrix.of(logits, labels).total()).isEqualTo(4);
    assertThat(ConfusionMatrix.of(logits, labels).recall(1)).isEqualTo(2 / 3.0);
  }

  @Test
  void ignoresALabel() {
    var matrix = ConfusionMatrix.of(PREDICTIONS, new int[] {0, -100, -100, 2, 2}, 3);
    assertThat(matrix.total()).isEqualTo(3);
    assertThat(ConfusionMatrix.of(Tensor.of(PREDICTIONS), Tensor.of(0, -100, -100, 2, 2)).total())
        .isEqualTo(3);
    Tensor logits = Tensor.zeros(3, 2);
    assertThat(ConfusionMatrix.of(logits, Tensor.of(0, -100, 1)).total()).isEqualTo(2);
    assertThat(ConfusionMatrix.of(Tensor.zeros(3), Tensor.of(0, -100, 1)).total()).isEqualTo(2);
  }

  @Test
  void overNothingEveryMeasureIsNaN() {
    var matrix = ConfusionMatrix.of(new int[0], new int[0], 2);
    assertThat(matrix.accuracy()).isNaN();
    assertThat(matrix.precision(0)).isNaN();
    assertThat(matrix.recall(1)).isNaN();
    for (Average average : Average.values()) {
      assertThat(matrix.f1(average)).isNaN();
    }
    assertThat(matrix.balancedAccuracy()).isNaN();
    assertThat(matrix.cohenKappa()).isNaN();
    assertThat(matrix.matthews()).isNaN();
  }

  @Test
  void isAValue() {
    long[][] counts = MATRIX.toArray();
    counts[0][0] = 99;
    assertThat(MATRIX.count(0, 0)).isEqualTo(1);
    var same = ConfusionMatrix.of(PREDICTIONS, LABELS, 3);
    assertThat(same).isEqualTo(MATRIX).hasSameHashCodeAs(MATRIX);
    assertThat(same.withNames("a", "b", "c")).isNotEqualTo(MATRIX);
    assertThat(MATRIX.names()).containsExactly("0", "1", "2");
  }

  @Test
  void printsATable() {
    assertThat(MATRIX)
        .hasToString(
            """
                     predicted
                     0  1  2
            true  0  1  1  0
                  1  0  1  0
                  2  1  0  1\
            """);
    assertThat(
            ConfusionMatrix.of(new int[120], new int[120], 2).withNames("ham", "spam").toString())
        .isEqualTo(
            """
                        predicted
                         ham  spam
            true   ham   120     0
                  spam     0     0\
            """);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> ConfusionMatrix.of(new int[2], new int[3], 2))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("confusion matrix: there must be a prediction for each label, got 2 for 3");
    assertThatThrownBy(() -> ConfusionMatrix.of(new int[2], new int[2], 0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("confusion matrix: there must be at least 1 class, got 0");
    assertThatThrownBy(() -> ConfusionMatrix.of(new int[] {0, 2}, new int[2], 2))
        .isInstanceOf(IndexException.class)
        .hasMessage("confusion matrix: prediction 2 (number 1) is out of range 0 to 1");
    assertThatThrownBy(() -> ConfusionMatrix.of(new int[2], new int[] {-1, 0}, 2))
        .isInstanceOf(IndexException.class)
        .hasMessage("confusion matrix: label -1 (number 0) is out of range 0 to 1");
    assertThatThrownBy(() -> ConfusionMatrix.of(Tensor.of(0, 1), Tensor.of(0, 1, 0)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "confusion matrix: INT32 predictions must have the shape of the labels, got [2] and"
                + " [3]");
    assertThatThrownBy(() -> ConfusionMatrix.of(Tensor.of(true), Tensor.of(1)))
        .isInstanceOf(DTypeException.class)
        .hasMessage(
            "confusion matrix: predictions must be logits or probabilities, got BOOL [1]; convert"
                + " with .to(...)");
    assertThatThrownBy(() -> MATRIX.withNames("a"))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("confusion matrix: each of 3 classes needs a name, got [a]");
    assertThatThrownBy(() -> MATRIX.precision(3))
        .isInstanceOf(IndexException.class)
        .hasMessage("confusion matrix: class 3 is out of range 0 to 2");
    assertThatThrownBy(() -> MATRIX.f1(Average.BINARY))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "confusion matrix: Average.BINARY needs 2 classes, there are 3; take MACRO, WEIGHTED"
                + " or MICRO");
    assertThatThrownBy(() -> MATRIX.fBeta(0, 0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("fbeta: beta must be above 0 and finite, got 0.0");
    assertThatThrownBy(
            () -> ConfusionMatrix.ofProbabilities(Tensor.zeros(2, 3), Tensor.of(0, 1), 0.3))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "confusion matrix: a threshold needs yes-or-no questions or 2 classes, there are 3");
    assertThatThrownBy(() -> ConfusionMatrix.ofProbabilities(Tensor.zeros(2), Tensor.zeros(2), 50))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("threshold: it is a probability, in 0 to 1 for logits too; got 50.0");
  }
}
