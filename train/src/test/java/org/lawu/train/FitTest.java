package org.lawu.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lawu.error.ArgumentException;
import org.lawu.nn.loss.Penalty;

class FitTest {

  @Test
  void keepsWhatItIsTold() {
    var validation = Problems.xor();
    var fit = Fit.forEpochs(5).batchSize(64).validation(validation).seed(3).shuffle(false);
    assertThat(fit.epochs()).isEqualTo(5);
    assertThat(fit.batchSize()).isEqualTo(64);
    assertThat(fit.validation()).isSameAs(validation);
    assertThat(fit.seed()).hasValue(3);
    assertThat(fit.shuffle()).isFalse();
    var split = fit.validationSplit(0.1);
    assertThat(split.validation()).isNull();
    assertThat(split.validationSplit()).isEqualTo(0.1);
    assertThat(split.validation(validation).validationSplit()).isZero();
  }

  @Test
  void changesHowLongAndKeepsTheRest() {
    var fit = Fit.forEpochs(5).seed(3).batchSize(8);
    assertThat(fit.epochs(20)).hasToString("Fit[20 epochs, batches of 8]");
    assertThat(fit.epochs(20).seed()).hasValue(3);
    var steps = fit.steps(7);
    assertThat(steps).hasToString("Fit[7 steps, batches of 8]");
    assertThat(steps.epochs()).isZero();
    assertThat(steps.epochs(2).steps()).isZero();
    assertThat(fit.epochs()).isEqualTo(5);
  }

  @Test
  void hasDefaults() {
    var fit = Fit.forEpochs(1);
    assertThat(fit.batchSize()).isEqualTo(32);
    assertThat(fit.validation()).isNull();
    assertThat(fit.validationSplit()).isZero();
    assertThat(fit.seed()).isEmpty();
    assertThat(fit.shuffle()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void refusesCountsBelowOne(int count) {
    assertThatThrownBy(() -> Fit.forEpochs(count))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("fit: epochs must be at least 1, got " + count);
    assertThatThrownBy(() -> Fit.forEpochs(1).batchSize(count))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("fit: the batch size must be at least 1, got " + count);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.5, Double.NaN})
  void refusesASplitOutsideZeroToOne(double fraction) {
    assertThatThrownBy(() -> Fit.forEpochs(1).validationSplit(fraction))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("fit: the validation split must be between 0 and 1, got " + fraction);
  }

  @Test
  void keepsWhatItIsToldOfSteps() {
    var penalty = Penalty.ofL2(0.1);
    var fit =
        Fit.forSteps(7)
            .accumulate(2)
            .clipNorm(1)
            .clipValue(2)
            .penalty(penalty)
            .maxNorm(3)
            .classWeights(1, 2)
            .schedule(step -> 0.5)
            .resume(Path.of("run"));
    assertThat(fit.resume()).isEqualTo(Path.of("run"));
    assertThat(Fit.forSteps(7).resume()).isNull();
    assertThat(fit.steps()).isEqualTo(7);
    assertThat(fit.epochs()).isZero();
    assertThat(fit.accumulate()).isEqualTo(2);
    assertThat(fit.clipNorm()).hasValue(1);
    assertThat(fit.clipValue()).hasValue(2);
    assertThat(fit.penalty()).isEqualTo(penalty);
    assertThat(fit.maxNorm().limit()).isEqualTo(3);
    assertThat(fit.classWeights()).containsExactly(1.0, 2.0);
    assertThat(fit.schedule().at(3)).isEqualTo(0.5);
    assertThat(fit).hasToString("Fit[7 steps, batches of 32]");
    // Each method left the settings before as they were.
    assertThat(Fit.forEpochs(2).toString()).isEqualTo("Fit[2 epochs, batches of 32]");
  }

  @Test
  void refusesStepsThatCannotBe() {
    assertThatThrownBy(() -> Fit.forSteps(0)).hasMessage("fit: steps must be at least 1, got 0");
    assertThatThrownBy(() -> Fit.forEpochs(1).accumulate(0))
        .hasMessage("fit: the batches to accumulate must be at least 1, got 0");
    assertThatThrownBy(() -> Fit.forEpochs(1).clipNorm(0))
        .hasMessage("fit: the limit of the norm must be positive and finite, got 0.0");
    assertThatThrownBy(() -> Fit.forEpochs(1).clipValue(Double.NaN))
        .hasMessage("fit: the limit of values must be positive and finite, got NaN");
    assertThatThrownBy(() -> Fit.forEpochs(1).maxNorm(-1))
        .hasMessage("maxNorm: the limit must be positive and finite, got -1.0");
  }
}
