package org.lawu.train.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.IndexException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Tensor;

class CountedMetricTest {
  private static final Tensor LOGITS =
      Tensor.of(new float[] {0, 1, 2, 5, 4, 3, 0, 9, 0, 1, 0, 0}, 4, 3);

  @Test
  void namesTellTheAverage() {
    assertThat(List.of(new F1(), new F1(Average.MICRO), new F1(Average.MACRO), new F1().ofClass(3)))
        .extracting(Metric::name)
        .containsExactly("f1", "f1_micro", "f1_macro", "f1_class_3");
    assertThat(
            List.of(
                new Precision(Average.WEIGHTED),
                new Recall(),
                new FBeta(2),
                new BalancedAccuracy(),
                new CohenKappa(),
                new MatthewsCorrelation()))
        .extracting(Metric::name)
        .containsExactly(
            "precision_weighted", "recall", "fbeta", "balanced_accuracy", "kappa", "matthews");
    assertThat(new F1(Average.MACRO)).hasToString("F1[f1_macro]");
  }

  @Test
  void aMetricMayHaveAnotherName() {
    Metric spam = new F1().ofClass(1).named("f1_spam");
    assertThat(spam.name()).isEqualTo("f1_spam");
    assertThat(spam.of(LOGITS, Tensor.of(2, 0, 1, 1))).isEqualTo(2 / 3.0);
  }

  @Test
  void beforeTheFirstBatchTheResultIsNaN() {
    assertThat(new F1().accumulator().result()).isNaN();
  }

  @Test
  void aClassThatNeverOccursCountsForNothing() {
    Tensor labels = Tensor.of(2, 0, 2, 0);
    Tensor logits = Tensor.of(new float[] {0, 0, 2, 5, 0, 0, 0, 0, 1, 1, 0, 0}, 4, 3);
    assertThat(new F1(Average.MACRO).of(logits, labels)).isEqualTo(1);
    assertThat(new F1().ofClass(1).of(logits, labels)).isZero();
  }

  @Test
  void ignoresALabel() {
    Tensor labels = Tensor.of(2, 1, 1, 1);
    assertThat(new Recall(Average.MICRO).of(LOGITS, labels)).isEqualTo(0.5);
    assertThat(new Recall(Average.MICRO).ignoreIndex(1).of(LOGITS, labels)).isEqualTo(1);
  }

  @Test
  void takesSequences() {
    Tensor logits = LOGITS.reshape(2, 2, 3);
    Tensor labels = Tensor.of(new int[] {2, 0, 1, 1}, 2, 2);
    assertThat(new F1(Average.MICRO).of(logits, labels)).isEqualTo(0.75);
    assertThat(new F1(Average.MICRO).of(logits, labels.oneHot(3))).isEqualTo(0.75);
  }

  @Test
  void refusesShapesAndLabels() {
    assertThatThrownBy(() -> new F1().of(LOGITS, Tensor.of(1, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "f1: predictions and labels do not fit: the predictions are [4, 3], the labels are"
                + " INT32 [2]; for classes give [..., classes] with INT32 labels [...] or one-hot"
                + " rows, for yes-or-no questions one shape, [n] or [n, 1]");
    assertThatThrownBy(() -> new F1().of(Tensor.zeros(4, 1), Tensor.of(0, 1, 0, 0)))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> new F1().of(Tensor.scalar(1), Tensor.scalar(1)))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> new F1(Average.MACRO).of(LOGITS, Tensor.of(0, 1, 3, 0)))
        .isInstanceOf(IndexException.class)
        .hasMessage(
            "f1_macro: label 3 (number 2 of [4]) is out of range 0 to 2; only -100, which is"
                + " ignored, may be");
    assertThatThrownBy(() -> new F1().of(Tensor.zeros(2), Tensor.of(0f, 2f)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "f1: the label of a yes-or-no question must be in 0 to 1, got 2.0 (number 1 of [2])");
    assertThatThrownBy(() -> new F1(Average.MACRO).of(Tensor.zeros(2, 2), Tensor.ones(2, 2)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "f1_macro: one-hot labels must have the sum 1 in each row, got 2.0 in row 0 of [2, 2];"
                + " for several answers to each row give them as INT32");
  }

  @Test
  void refusesClassesThatDoNotFit() {
    Tensor labels = Tensor.of(2, 0, 1, 1);
    assertThatThrownBy(() -> new F1().of(LOGITS, labels))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "f1: Average.BINARY needs 2 classes, there are 3; take MACRO, WEIGHTED or MICRO");
    assertThatThrownBy(() -> new F1().ofClass(3).of(LOGITS, labels))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("f1_class_3: class 3 is out of range 0 to 2");
    assertThatThrownBy(() -> new F1().ofClass(-1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("f1: a class must not be negative, got -1");
    var accumulator = new CohenKappa().accumulator();
    accumulator.add(LOGITS, labels);
    double before = accumulator.result();
    assertThatThrownBy(() -> accumulator.add(Tensor.zeros(2, 4), Tensor.of(0, 1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("kappa: all batches must have the same classes, got 4 after 3");
    assertThat(accumulator.result()).isEqualTo(before);
  }
}
