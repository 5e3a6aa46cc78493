package org.lawu.train.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.optim.WeightAverage;
import org.lawu.tensor.Tensor;
import org.lawu.train.Callback;
import org.lawu.train.Fit;
import org.lawu.train.Training;

class EarlyStoppingTest {

  /** The parameters and buffers after each epoch. */
  private static final class Values implements Callback {
    final List<Map<String, Tensor>> epochs = new ArrayList<>();

    static Map<String, Tensor> of(Scripted scripted) {
      Map<String, Tensor> values = new LinkedHashMap<>();
      scripted
          .model
          .namedParameters()
          .forEach((name, parameter) -> values.put(name, parameter.value()));
      return values;
    }

    private final Scripted scripted;

    Values(Scripted scripted) {
      this.scripted = scripted;
    }

    @Override
    public void epochEnded(Training training) {
      epochs.add(of(scripted));
    }
  }

  private static int epochs(EarlyStopping stopping, String name, double... values) {
    return new Scripted(name, values).fit(stopping).epochs().size();
  }

  @Test
  void waitsAsLongAsItsPatience() {
    var stopping = new EarlyStopping("accuracy");
    assertThat(epochs(stopping, "accuracy", 0.1, 0.3, 0.2, 0.25, 0.4, 0.3, 0.3, 0.3, 0.9))
        .isEqualTo(8);
    assertThat(stopping.bestEpoch()).isEqualTo(5);
    assertThat(epochs(stopping.patience(1), "accuracy", 0.1, 0.3, 0.2, 0.9)).isEqualTo(3);
    assertThat(epochs(stopping.patience(4), "accuracy", 0.3, 0.2, 0.2, 0.2, 0.4)).isEqualTo(5);
  }

  @Test
  void oneObjectServesOneTrainingAfterAnother() {
    var stopping = new EarlyStopping("accuracy").patience(2);
    assertThat(epochs(stopping, "accuracy", 0.5, 0.4, 0.4, 0.9)).isEqualTo(3);
    assertThat(epochs(stopping, "accuracy", 0.3, 0.2, 0.4, 0.1)).isEqualTo(4);
    assertThat(stopping.bestEpoch()).isEqualTo(3);
  }

  @Test
  void theNameSaysWhetherTheValueShouldFall() {
    assertThat(epochs(new EarlyStopping("log loss").patience(1), "log loss", 3, 2, 1, 2, 0))
        .isEqualTo(4);
    assertThat(epochs(new EarlyStopping("macro_f1").patience(1), "macro_f1", 1, 2, 3, 2, 4))
        .isEqualTo(4);
    var score = new EarlyStopping("score").patience(1);
    assertThat(epochs(score.minimize(), "score", 3, 2, 1, 2, 0)).isEqualTo(4);
    assertThat(epochs(score.maximize(), "score", 1, 2, 3, 2, 4)).isEqualTo(4);
    assertThatThrownBy(() -> epochs(score, "score", 1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "early stopping: whether score should fall or rise does not follow from its name; add"
                + " .minimize() or .maximize()");
  }

  @Test
  void smallImprovementsAreNone() {
    var stopping = new EarlyStopping("accuracy").patience(2).minimumDelta(0.1);
    assertThat(epochs(stopping, "accuracy", 0.5, 0.55, 0.6, 0.7)).isEqualTo(3);
    assertThat(epochs(stopping, "accuracy", 0.5, 0.55, 0.61, 0.7)).isEqualTo(4);
  }

  @Test
  void notANumberIsNoImprovement() {
    var stopping = new EarlyStopping("accuracy").patience(2);
    assertThat(epochs(stopping, "accuracy", Double.NaN, Double.NaN, 1)).isEqualTo(2);
    assertThat(stopping.bestEpoch()).isZero();
  }

  @Test
  void theBestWeightsAndBuffersComeBack() {
    var scripted = new Scripted("accuracy", 0.1, 0.9, 0.8, 0.7, 1);
    var values = new Values(scripted);
    scripted.fit(new EarlyStopping("accuracy").patience(2), values);
    assertThat(values.epochs).hasSize(4);
    assertThat(Values.of(scripted)).isEqualTo(values.epochs.get(1));
    assertThat(values.epochs.get(1)).isNotEqualTo(values.epochs.get(3));
    assertThat(values.epochs.get(1)).containsKey("1.running_mean");
    assertThat(values.epochs.get(1).get("1.running_mean"))
        .isNotEqualTo(values.epochs.get(3).get("1.running_mean"));
  }

  @Test
  void theyComeBackWhereNothingIsStopped() {
    var scripted = new Scripted("accuracy", 0.1, 0.9, 0.8);
    var values = new Values(scripted);
    scripted.fit(new EarlyStopping("accuracy"), values);
    assertThat(Values.of(scripted)).isEqualTo(values.epochs.get(1));
  }

  @Test
  void theLastWeightsCanBeKept() {
    var scripted = new Scripted("accuracy", 0.1, 0.9, 0.8);
    var values = new Values(scripted);
    scripted.fit(new EarlyStopping("accuracy").keepLastWeights(), values);
    assertThat(Values.of(scripted)).isEqualTo(values.epochs.get(2));
  }

  @Test
  void averagesComeBackToo() {
    var scripted = new Scripted("accuracy", 0.1, 0.9, 0.8);
    var average = new WeightAverage(scripted.model.namedParameters(), 0.5);
    List<Map<String, Tensor>> averages = new ArrayList<>();
    Callback remember =
        new Callback() {
          @Override
          public void epochEnded(Training training) {
            averages.add(average.values());
          }
        };
    scripted.fit(scripted.settings(new EarlyStopping("accuracy"), remember).average(average));
    assertThat(average.values()).isEqualTo(averages.get(1)).isNotEqualTo(averages.get(2));
  }

  @Test
  void saysWhyTheTrainingWasStopped() {
    var bytes = new ByteArrayOutputStream();
    var scripted = new Scripted("accuracy", 0.1, 0.9, 0.8, 0.7, 1);
    scripted.fit(
        scripted
            .settings(new EarlyStopping("accuracy").patience(2))
            .progress(
                new Fit.Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), false)));
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines().toList())
        .hasSize(5)
        .last()
        .isEqualTo(
            "stopped: accuracy has not improved for 2 epochs; the best was 0.9000 in epoch 2");
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> epochs(new EarlyStopping("val_accuracy"), "accuracy", 1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "early stopping: no value is named val_accuracy; there are [loss, accuracy, seconds];"
                + " validate, as with Fit.validationSplit(0.1)");
    assertThatThrownBy(() -> epochs(new EarlyStopping("f1"), "accuracy", 1))
        .hasMessage("early stopping: no value is named f1; there are [loss, accuracy, seconds]");
    var stopping = new EarlyStopping("loss");
    assertThatThrownBy(() -> stopping.patience(0))
        .hasMessage("early stopping: the patience must be at least 1, got 0");
    assertThatThrownBy(() -> stopping.minimumDelta(-1))
        .hasMessage("early stopping: the minimum delta must be finite and not negative, got -1.0");
  }
}
