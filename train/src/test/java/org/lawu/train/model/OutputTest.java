package org.lawu.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.tensor.Tensor;

class OutputTest {

  @Test
  void scoresOfClassesBecomeProbabilities() {
    Prediction prediction =
        Output.classes("ham", "spam").read(Tensor.of(new float[] {0, 1}, 1, 2)).getFirst();
    assertThat(prediction.label()).isEqualTo("spam");
    assertThat(prediction.probability()).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-12));
    assertThat(prediction.values().get("ham")).isCloseTo(1 / (1 + Math.exp(1)), within(1e-12));
    assertThat(prediction).hasToString("spam 0.7311");
  }

  @Test
  void probabilitiesOfClassesStayAsTheyAre() {
    var output = Output.classes("ham", "spam").ofProbabilities();
    Prediction prediction = output.read(Tensor.of(new float[] {0.75f, 0.25f}, 1, 2)).getFirst();
    assertThat(prediction.values()).isEqualTo(Map.of("ham", 0.75, "spam", 0.25));
    assertThat(prediction.config())
        .hasToString(
            "{\"label\":\"ham\",\"probability\":0.75,"
                + "\"probabilities\":{\"ham\":0.75,\"spam\":0.25}}");
  }

  @Test
  void aScoreOfTwoClassesIsComparedWithTheThreshold() {
    var output = Output.binary("no", "yes");
    Tensor scores = Tensor.of(new float[] {0, 2, -2});
    assertThat(labels(output.read(scores))).containsExactly("yes", "yes", "no");
    assertThat(labels(output.threshold(0.7).read(scores))).containsExactly("no", "yes", "no");
    Prediction second = output.read(scores.reshape(3, 1)).get(1);
    assertThat(second.probability()).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-12));
    var probabilities = output.ofProbabilities().read(Tensor.of(new float[] {0.25f}));
    assertThat(probabilities.getFirst().values()).isEqualTo(Map.of("no", 0.75, "yes", 0.25));
  }

  private static Stream<String> labels(List<Prediction> predictions) {
    return predictions.stream().map(Prediction::label);
  }

  @Test
  void numbersAreScaledBack() {
    Prediction prediction =
        Output.numbers("price").scaled(10, 2).read(Tensor.of(new float[] {1.5f})).getFirst();
    assertThat(prediction.number()).isEqualTo(13);
    assertThat(prediction).hasToString("price 13.0000");
    assertThat(prediction.config()).hasToString("{\"values\":{\"price\":13.0}}");
    Prediction two =
        Output.numbers("x", "y")
            .scaled(new double[] {1, 2}, new double[] {3, 4})
            .read(Tensor.of(new float[] {1, 1}, 1, 2))
            .getFirst();
    assertThat(two.values()).isEqualTo(Map.of("x", 4.0, "y", 6.0));
    assertThatThrownBy(two::number)
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "number: the model does not predict one number; ask label() or values(), which has [x,"
                + " y]");
    assertThatThrownBy(two::probability)
        .isInstanceOf(ArgumentException.class)
        .hasMessage("probability: the model predicts numbers; ask values()");
  }

  @Test
  void rawNumbersGoByTheirPosition() {
    List<Prediction> predictions = Output.raw().read(Tensor.of(new float[] {1, 2, 3, 4}, 2, 1, 2));
    assertThat(predictions.get(1).values()).isEqualTo(Map.of("0", 3.0, "1", 4.0));
    assertThat(predictions.get(1)).hasToString("0 3.0000  1 4.0000");
  }

  static Stream<Output> all() {
    return Stream.of(
        Output.classes("a", "b"),
        Output.classes("a", "b", "c").ofProbabilities(),
        Output.binary("a", "b").threshold(0.25),
        Output.binary("a", "b").ofProbabilities(),
        Output.numbers("x"),
        Output.numbers("x", "y").scaled(new double[] {1e-300, 2}, new double[] {-3, 0.1}),
        Output.raw());
  }

  @ParameterizedTest
  @MethodSource("all")
  void comesBackFromText(Output output) {
    assertThat(Output.of(Config.parse("output", output.config().toString()))).isEqualTo(output);
  }

  @ParameterizedTest
  @MethodSource("all")
  void anEmptyBatchHasNoPredictions(Output output) {
    int count =
        switch (output) {
          case Classes classes -> classes.names().size();
          case Binary binary -> 1;
          case Numbers numbers -> numbers.names().size();
          case Raw raw -> 4;
        };
    assertThat(output.read(Tensor.zeros(0, count))).isEmpty();
  }

  @Test
  void refusesOtherShapes() {
    assertThatThrownBy(() -> Output.classes("a", "b").read(Tensor.zeros(3)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("classes: the model's output must be [n, 2], got [3]");
    assertThatThrownBy(() -> Output.binary("a", "b").read(Tensor.zeros(3, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("binary: the model's output must be [n, 1] or [n], got [3, 2]");
    assertThatThrownBy(() -> Output.raw().read(Tensor.scalar(1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("raw: the model's output must be [n, ...], got a scalar");
  }

  @Test
  void refusesSettingsThatMeanNothing() {
    assertThatThrownBy(() -> Output.classes("a"))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("classes: there must be two or more, all different, got [a]");
    assertThatThrownBy(() -> Output.binary("a", "a"))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("binary: the classes must be different, got a twice");
    assertThatThrownBy(() -> Output.binary("a", "b").threshold(1.5))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("binary: the threshold must be in 0 to 1, got 1.5");
    assertThatThrownBy(Output::numbers)
        .isInstanceOf(ArgumentException.class)
        .hasMessage("numbers: there must be one or more names, all different, got []");
    assertThatThrownBy(() -> Output.numbers("x", "y").scaled(1, 2))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "numbers: [x, y] need a finite mean and a deviation other than 0 for each, got [1.0] and"
                + " [2.0]");
  }
}
