package org.lawu.train.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.IndexException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Tensor;
import org.lawu.train.report.Classification.Mistake;

class ClassificationTest {
  private static final Tensor THREE =
      Tensor.of(
          new float[] {0.7f, 0.2f, 0.1f, 0.1f, 0.6f, 0.3f, 0.05f, 0.05f, 0.9f, 0.3f, 0.3f, 0.4f},
          4,
          3);

  @Test
  void countsWhatWasTakenForWhat() {
    var matrix =
        Classification.ofProbabilities(THREE, Tensor.of(0, 2, 1, 2), "a", "b", "c")
            .confusionMatrix();
    assertThat(matrix.toArray()).isDeepEqualTo(new long[][] {{1, 0, 0}, {0, 0, 1}, {0, 1, 1}});
    assertThat(matrix.names()).containsExactly("a", "b", "c");
  }

  @Test
  void theWorstMistakesComeFirst() {
    var classification = Classification.ofProbabilities(THREE, Tensor.of(0, 2, 1, 1));
    List<Mistake> worst = classification.worst(10);
    assertThat(worst).extracting(Mistake::record).containsExactly(2, 1, 3);
    assertThat(worst.getFirst().truth()).isEqualTo(1);
    assertThat(worst.getFirst().predicted()).isEqualTo(2);
    assertThat(worst.getFirst().confidence()).isCloseTo(0.9, within(1e-6));
    assertThat(worst.getFirst().probabilityOfTruth()).isCloseTo(0.05, within(1e-6));
    assertThat(classification.worst(1)).containsExactly(worst.getFirst());
    assertThat(classification.worst(0)).isEmpty();
    assertThat(classification.classes()).containsExactly("0", "1", "2");
    assertThat(classification.size()).isEqualTo(4);
  }

  @Test
  void logitsAreMadeProbabilities() {
    Tensor logits = Tensor.of(new float[] {(float) Math.log(3), 0}, 1, 2);
    Mistake mistake = Classification.ofLogits(logits, Tensor.of(1)).worst(1).getFirst();
    assertThat(mistake.confidence()).isCloseTo(0.75, within(1e-6));
  }

  @Test
  void questionsHaveTwoClasses() {
    Tensor logits = Tensor.of(new float[] {2, -1, 3}, 3, 1);
    for (Tensor labels :
        List.of(
            Tensor.of(new float[] {1, 1, 0}, 3, 1),
            Tensor.of(new int[] {1, 1, 0}),
            Tensor.of(1, 1, 0).unsqueeze(1))) {
      var classification = Classification.ofLogits(logits, labels, "no", "yes");
      assertThat(classification.confusionMatrix().toArray())
          .isDeepEqualTo(new long[][] {{0, 1}, {1, 1}});
      assertThat(classification.worst(1).getFirst().record()).isEqualTo(2);
    }
  }

  @Test
  void labelsMayBeOneHot() {
    Tensor labels = Tensor.of(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1}, 4, 3);
    assertThat(Classification.ofProbabilities(THREE, labels).worst(4)).isEmpty();
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> Classification.ofLogits(Tensor.ones(4, 3, 2), Tensor.of(0, 0, 0, 0)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "classification: predictions must be [n, classes], [n] or [n, 1], got [4, 3, 2]");
    assertThatThrownBy(() -> Classification.ofLogits(THREE, Tensor.of(0, 0)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "classification: labels must be INT32 [4], or floating numbers with the shape of the"
                + " predictions [4, 3], got INT32 [2]");
    assertThatThrownBy(() -> Classification.ofLogits(THREE, Tensor.ones(4)))
        .isInstanceOf(ShapeException.class)
        .hasMessageEndingWith("got FLOAT32 [4]");
    assertThatThrownBy(() -> Classification.ofLogits(THREE, Tensor.of(0, 0, 3, 0)))
        .isInstanceOf(IndexException.class)
        .hasMessage("classification: label 3 of record 2 is out of range 0 to 2");
    assertThatThrownBy(() -> Classification.ofLogits(THREE, Tensor.of(0, 0, 0, 0), "a", "b"))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("classification: each of 3 classes needs a name, got [a, b]");
    assertThatThrownBy(() -> Classification.ofLogits(Tensor.ones(0, 3), Tensor.of(new int[0])))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("classification: there is no record; it needs at least one");
    var classification = Classification.ofLogits(THREE, Tensor.of(0, 0, 0, 0));
    assertThatThrownBy(() -> classification.images(Tensor.ones(4, 2, 8, 8)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("classification: images must be [4, 1 or 3, height, width], got [4, 2, 8, 8]");
    assertThatThrownBy(() -> classification.texts(List.of("one")))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("classification: there must be a text for each of 4 records, got 1");
    assertThatThrownBy(() -> classification.worst(-1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("worst: the number of mistakes must not be negative, got -1");
  }
}
