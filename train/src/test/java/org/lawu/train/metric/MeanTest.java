package org.lawu.train.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Tensor;

/** Metrics that are means over rows or numbers, and R2. */
class MeanTest {
  private static final Tensor ROWS = Tensor.of(new float[] {1, 2, 3, 4, 4, 0, 1, 4}, 2, 4);

  @Test
  void names() {
    assertThat(
            List.of(
                new TopKAccuracy(5),
                new LogLoss(),
                new Perplexity(),
                new BrierScore(),
                new Mae(),
                new Mse(),
                new Rmse(),
                new Mape(),
                new R2()))
        .allSatisfy(metric -> assertThat(metric.accumulator().result()).isNaN())
        .extracting(Metric::name)
        .containsExactly(
            "top_5_accuracy",
            "log_loss",
            "perplexity",
            "brier",
            "mae",
            "mse",
            "rmse",
            "mape",
            "r2");
  }

  @Test
  void ofEqualPredictionsTheSmallerClassIsFirst() {
    assertThat(new TopKAccuracy(1).of(ROWS, Tensor.of(3, 0))).isEqualTo(1);
    assertThat(new TopKAccuracy(1).of(ROWS, Tensor.of(3, 3))).isEqualTo(0.5);
    assertThat(new TopKAccuracy(2).of(ROWS, Tensor.of(2, 3))).isEqualTo(1);
    assertThat(new TopKAccuracy(2).of(Tensor.zeros(2, 4), Tensor.of(1, 2))).isEqualTo(0.5);
  }

  @Test
  void whatIsNotANumberIsNeverAmongTheTop() {
    Tensor rows = Tensor.of(new float[] {1, Float.NaN, 0}, 1, 3);
    assertThat(new TopKAccuracy(2).of(rows, Tensor.of(1))).isZero();
    assertThat(new TopKAccuracy(2).of(rows, Tensor.of(0))).isEqualTo(1);
  }

  @Test
  void topKTakesOneHotLabelsAndIgnoresALabel() {
    assertThat(new TopKAccuracy(2).of(ROWS, Tensor.of(2, 1).oneHot(4))).isEqualTo(0.5);
    assertThat(new TopKAccuracy(2).of(ROWS, Tensor.of(2, -100))).isEqualTo(1);
    assertThat(new TopKAccuracy(2).ignoreIndex(1).of(ROWS, Tensor.of(2, 1))).isEqualTo(1);
  }

  @Test
  void topKRefusesWhatDoesNotFit() {
    assertThatThrownBy(() -> new TopKAccuracy(0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("top k accuracy: k must be at least 1, got 0");
    assertThatThrownBy(() -> new TopKAccuracy(4).of(ROWS, Tensor.of(2, 1)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "top_4_accuracy: there must be more than 4 classes, or every answer is right; got 4");
    assertThatThrownBy(() -> new TopKAccuracy(1).of(Tensor.zeros(2), Tensor.of(0, 1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "top_1_accuracy: predictions must be [..., classes], got the yes-or-no questions [2]");
  }

  @Test
  void logLossOfCertainErrorsIsFinite() {
    Tensor labels = Tensor.of(1f, 1f);
    double ofFloats = new LogLoss().fromProbabilities().of(Tensor.of(0f, 1f), labels);
    assertThat(ofFloats).isCloseTo(0.5 * 23 * Math.log(2), within(1e-6));
    Tensor doubles = Tensor.of(0.0, 1.0);
    assertThat(new LogLoss().fromProbabilities().of(doubles, labels))
        .isCloseTo(0.5 * 52 * Math.log(2), within(1e-12));
    assertThat(new LogLoss().fromProbabilities().of(Tensor.of(1.0), Tensor.of(1)))
        .isCloseTo(Math.ulp(1.0), within(1e-30));
    assertThat(new LogLoss().of(Tensor.of(-1000f, 1000f), labels)).isEqualTo(500);
    assertThat(new LogLoss().of(Tensor.of(new float[] {1000, 0}, 1, 2), Tensor.of(1)))
        .isEqualTo(1000);
  }

  @Test
  void logLossOfWhatIsNotANumberIsNaN() {
    Tensor labels = Tensor.of(1);
    assertThat(new LogLoss().of(Tensor.of(Float.NaN), labels)).isNaN();
    assertThat(new LogLoss().fromProbabilities().of(Tensor.of(Float.NaN), labels)).isNaN();
    assertThat(new LogLoss().of(Tensor.of(new float[] {1, Float.NaN}, 1, 2), labels)).isNaN();
  }

  @Test
  void logLossRefusesWhatIsNoProbability() {
    assertThatThrownBy(
            () -> new LogLoss().fromProbabilities().of(Tensor.of(2f, 0f), Tensor.of(1, 0)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "log_loss: a probability must be in 0 to 1, got -1.0; for logits leave out"
                + " fromProbabilities()");
  }

  @Test
  void perplexityOfNoKnowledgeIsTheVocabulary() {
    Tensor logits = Tensor.zeros(2, 3, 50);
    Tensor tokens = Tensor.of(new int[] {1, 2, 3, 0, 0, 49}, 2, 3);
    assertThat(new Perplexity().of(logits, tokens)).isCloseTo(50, within(1e-10));
    assertThat(new Perplexity().ignoreIndex(0).of(logits, tokens)).isCloseTo(50, within(1e-10));
    assertThat(new LogLoss().ignoreIndex(0).of(logits, tokens.mul(0))).isNaN();
  }

  @Test
  void brierRefusesMoreThanTwoClasses() {
    assertThatThrownBy(() -> new BrierScore().of(ROWS, Tensor.of(2, 1)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("brier: it is of yes-or-no questions, there are 4 classes; take LogLoss");
  }

  @Test
  void errorsRefuseOtherShapes() {
    assertThatThrownBy(() -> new Mae().of(Tensor.zeros(4, 1), Tensor.zeros(4)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("mae: prediction and target must have one shape, got [4, 1] and [4]");
    assertThatThrownBy(() -> new R2().of(Tensor.zeros(4, 1), Tensor.zeros(4)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("r2: prediction and target must have one shape, got [4, 1] and [4]");
    var accumulator = new R2().accumulator();
    accumulator.add(Tensor.zeros(4, 2), Tensor.zeros(4, 2));
    assertThatThrownBy(() -> accumulator.add(Tensor.zeros(4, 3), Tensor.zeros(4, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("r2: all batches must have the same outputs, got 3 after 2");
  }

  @Test
  void r2NeedsTwoRows() {
    assertThat(new R2().of(Tensor.of(1f), Tensor.of(1f))).isNaN();
    assertThat(new R2().of(Tensor.of(1f, 2f), Tensor.of(1f, 2f))).isEqualTo(1);
    assertThat(new R2().of(Tensor.of(1f, 2f), Tensor.of(1, 2))).isEqualTo(1);
    assertThat(new R2().of(Tensor.of(1f, Float.NaN), Tensor.of(1f, 1f))).isNaN();
  }
}
