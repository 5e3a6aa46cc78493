package org.lawu.train.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.tensor.Tensor;

class ClassificationReportTest {
  private static final Tensor LOGITS = Tensor.of(-1f, 2f, -3f, 1f, -1f);
  private static final Tensor LABELS = Tensor.of(0f, 1f, 1f, 1f, 0f);

  @Test
  void printsATable() {
    assertThat(ClassificationReport.of(LOGITS, LABELS, "ham", "spam"))
        .hasToString(
            """
                          precision    recall  f1-score   support

                     ham       0.67      1.00      0.80         2
                    spam       1.00      0.67      0.80         3

                accuracy                           0.80         5
               macro avg       0.83      0.83      0.80         5
            weighted avg       0.87      0.80      0.80         5\
            """);
  }

  @Test
  void longNamesWidenIt() {
    String report =
        ClassificationReport.of(LOGITS, LABELS, "ham", "an unusually long name").toString(0);
    assertThat(report.lines().map(String::length)).containsOnly(22 + 41, 0);
    assertThat(report.lines().skip(2).findFirst())
        .hasValue("                   ham          1         1         1         2");
  }

  @Test
  void givesNumbers() {
    var report = ClassificationReport.of(LOGITS, LABELS);
    assertThat(report.classes().get(1))
        .isEqualTo(new ClassificationReport.Row("1", 1, 2 / 3.0, 0.8, 3));
    assertThat(report.accuracy()).isEqualTo(0.8);
    assertThat(report.macro().f1()).isEqualTo(0.8);
    assertThat(report.undefined()).isEmpty();
  }

  @Test
  void tellsWhatIsUndefined() {
    var matrix = ConfusionMatrix.of(new int[] {0, 2, 0}, new int[] {0, 0, 1}, 4);
    assertThat(ClassificationReport.of(matrix).undefined())
        .containsExactly("precision of 1: it is never predicted", "recall of 2: no row is of it");
    assertThat(ClassificationReport.of(matrix).classes()).hasSize(3);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> ClassificationReport.of(LOGITS, LABELS, "ham"))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("confusion matrix: each of 2 classes needs a name, got [ham]");
    assertThatThrownBy(() -> ClassificationReport.of(LOGITS, LABELS).toString(-1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("classification report: the number of digits must not be negative, got -1");
  }

  @Test
  void ofNothingItIsEmpty() {
    var report = ClassificationReport.of(ConfusionMatrix.of(new int[0], new int[0], 2));
    assertThat(report.classes()).isEmpty();
    assertThat(report.toString()).contains("accuracy                            nan         0");
  }
}
