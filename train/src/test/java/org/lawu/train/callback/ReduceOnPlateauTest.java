package org.lawu.train.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.train.Callback;
import org.lawu.train.Training;

class ReduceOnPlateauTest {

  /** The rate after each epoch; the first is 1. */
  private static List<Double> rates(ReduceOnPlateau plateau, double... values) {
    var scripted = new Scripted("accuracy", values);
    scripted.optimizer.learningRate(1);
    List<Double> rates = new ArrayList<>();
    Callback remember =
        new Callback() {
          @Override
          public void epochEnded(Training training) {
            rates.add(training.optimizer().learningRate());
          }
        };
    scripted.fit(plateau, remember);
    return rates;
  }

  private static ReduceOnPlateau plateau() {
    return new ReduceOnPlateau("accuracy").factor(0.5).patience(2);
  }

  @Test
  void reducesAfterItsPatience() {
    assertThat(rates(plateau(), 0.1, 0.3, 0.2, 0.2, 0.2, 0.4, 0.1, 0.1))
        .containsExactly(1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.5, 0.25);
  }

  @Test
  void coolsDown() {
    // The epochs that cool are not counted; an improvement in them is remembered.
    assertThat(rates(plateau().patience(1).cooldown(2), 0.5, 0.4, 0.4, 0.6, 0.55, 0.5, 0.5))
        .containsExactly(1.0, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25);
  }

  @Test
  void goesNoFurtherThanTheMinimum() {
    assertThat(rates(plateau().patience(1).minimum(0.4), 0.5, 0.4, 0.4, 0.4))
        .containsExactly(1.0, 0.5, 0.4, 0.4);
    assertThat(rates(plateau().patience(1).minimum(3), 0.5, 0.4)).containsExactly(1.0, 1.0);
  }

  @Test
  void smallImprovementsAreNone() {
    assertThat(rates(plateau().patience(1).minimumDelta(0.1), 0.5, 0.55, 0.65))
        .containsExactly(1.0, 0.5, 0.5);
    assertThat(rates(plateau().patience(1).minimize(), 0.5, 0.4, 0.39, 0.39))
        .containsExactly(1.0, 1.0, 1.0, 0.5);
    assertThat(rates(plateau().patience(1).maximize(), 0.5, Double.NaN)).containsExactly(1.0, 0.5);
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> plateau().factor(1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("reduce on plateau: the factor must be between 0 and 1, got 1.0");
    assertThatThrownBy(() -> plateau().patience(0))
        .hasMessage("reduce on plateau: the patience must be at least 1, got 0");
    assertThatThrownBy(() -> plateau().cooldown(-1))
        .hasMessage("reduce on plateau: the cooldown must be at least 0, got -1");
    assertThatThrownBy(() -> plateau().minimum(Double.NaN))
        .hasMessage("reduce on plateau: the minimum must be finite and not negative, got NaN");
    assertThatThrownBy(() -> plateau().minimumDelta(Double.POSITIVE_INFINITY))
        .hasMessage(
            "reduce on plateau: the minimum delta must be finite and not negative, got Infinity");
    assertThatThrownBy(() -> rates(new ReduceOnPlateau("val_loss"), 1))
        .hasMessage(
            "reduce on plateau: no value is named val_loss; there are [loss, accuracy, seconds];"
                + " validate, as with Fit.validationSplit(0.1)");
    var scripted = new Scripted("accuracy", 1);
    assertThatThrownBy(() -> scripted.fit(scripted.settings(plateau()).schedule(step -> 0.1)))
        .hasMessage(
            "reduce on plateau: the settings have a schedule, which sets the learning rate of every"
                + " step; use one of the two");
  }
}
