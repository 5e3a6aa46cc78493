package org.lawu.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lawu.error.ArgumentException;

class FitTest {

  @Test
  void keepsWhatItIsTold() {
    var validation = Problems.xor();
    var fit = Fit.epochs(5).batchSize(64).validation(validation).seed(3).shuffle(false);
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
  void hasDefaults() {
    var fit = Fit.epochs(1);
    assertThat(fit.batchSize()).isEqualTo(32);
    assertThat(fit.validation()).isNull();
    assertThat(fit.validationSplit()).isZero();
    assertThat(fit.seed()).isEmpty();
    assertThat(fit.shuffle()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void refusesCountsBelowOne(int count) {
    assertThatThrownBy(() -> Fit.epochs(count))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("fit: epochs must be at least 1, got " + count);
    assertThatThrownBy(() -> Fit.epochs(1).batchSize(count))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("fit: the batch size must be at least 1, got " + count);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.5, Double.NaN})
  void refusesASplitOutsideZeroToOne(double fraction) {
    assertThatThrownBy(() -> Fit.epochs(1).validationSplit(fraction))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("fit: the validation split must be between 0 and 1, got " + fraction);
  }
}
