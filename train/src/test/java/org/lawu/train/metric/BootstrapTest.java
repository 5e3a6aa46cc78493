package org.lawu.train.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

class BootstrapTest {

  /** The accuracy is a mean of zeros and ones, whose distribution is known. */
  @Test
  void agreesWithTheBinomialDistribution() {
    int n = 400;
    Tensor labels = Tensor.of(new int[n]);
    float[] logits = new float[n];
    for (int i = 0; i < n; i++) {
      logits[i] = i % 5 == 0 ? 1 : -1;
    }
    ConfidenceInterval interval =
        new Bootstrap().resamples(4000).interval(new BinaryAccuracy(), Tensor.of(logits), labels);
    double deviation = Math.sqrt(0.8 * 0.2 / n);
    assertThat(interval.value()).isEqualTo(0.8);
    assertThat(interval.low()).isCloseTo(0.8 - 1.96 * deviation, within(0.1 * deviation));
    assertThat(interval.high()).isCloseTo(0.8 + 1.96 * deviation, within(0.1 * deviation));
    assertThat(interval.confidence()).isEqualTo(0.95);
    ConfidenceInterval narrow =
        new Bootstrap()
            .resamples(4000)
            .confidence(0.6827)
            .interval(new BinaryAccuracy(), Tensor.of(logits), labels);
    assertThat(narrow.high() - narrow.low()).isCloseTo(2 * deviation, within(0.2 * deviation));
  }

  /** Of 200 samples of a known distribution about 95 percent of the intervals hold its mean. */
  @Test
  void holdsTheTrueValueAsOftenAsItSays() {
    var random = new Philox(8);
    int held = 0;
    for (int i = 0; i < 200; i++) {
      Tensor errors = Tensor.normal(random, 0, 1, 80);
      ConfidenceInterval interval =
          new Bootstrap().resamples(200).seed(i).interval(new Mse(), errors, errors.mul(0));
      held += interval.low() <= 1 && 1 <= interval.high() ? 1 : 0;
    }
    assertThat(held / 200.0).isBetween(0.87, 0.99);
  }

  @Test
  void keepsRowsTogether() {
    Tensor logits = Tensor.of(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 3, 3);
    ConfidenceInterval interval =
        new Bootstrap().interval(new Accuracy(), logits, Tensor.of(0, 1, 2));
    assertThat(interval).isEqualTo(new ConfidenceInterval(1, 1, 1, 0.95));
    assertThat(interval).hasToString("1.0000 (95%: 1.0000 to 1.0000)");
  }

  @Test
  void isTheSameForASeed() {
    Tensor scores = Tensor.of(1f, 2f, 3f, 4f, 5f, 6f);
    Tensor labels = Tensor.of(0, 1, 0, 1, 0, 1);
    var bootstrap = new Bootstrap().resamples(50);
    assertThat(bootstrap.interval(new Rmse(), scores, labels))
        .isEqualTo(bootstrap.seed(0).interval(new Rmse(), scores, labels))
        .isNotEqualTo(bootstrap.seed(1).interval(new Rmse(), scores, labels));
  }

  @Test
  void leavesOutUndefinedDraws() {
    Tensor scores = Tensor.of(1f, 2f);
    ConfidenceInterval interval = new Bootstrap().interval(new RocAuc(), scores, Tensor.of(0, 1));
    assertThat(interval.low()).isEqualTo(1);
    ConfidenceInterval undefined =
        new Bootstrap().resamples(5).interval(new RocAuc(), scores, Tensor.of(1, 1));
    assertThat(undefined.value()).isNaN();
    assertThat(undefined.high()).isNaN();
  }

  @Test
  void quantilesLieBetweenValues() {
    var numbers = new Numbers();
    for (double value : new double[] {4, 1, 2, 8}) {
      numbers.add(value);
    }
    numbers.sort();
    assertThat(Bootstrap.quantile(numbers, 0)).isEqualTo(1);
    assertThat(Bootstrap.quantile(numbers, 0.5)).isEqualTo(3);
    assertThat(Bootstrap.quantile(numbers, 0.75)).isEqualTo(5);
    assertThat(Bootstrap.quantile(numbers, 1)).isEqualTo(8);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> new Bootstrap().resamples(0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("bootstrap: resamples must be at least 1, got 0");
    assertThatThrownBy(() -> new Bootstrap().confidence(95))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("bootstrap: the confidence must be between 0 and 1, got 95.0");
    assertThatThrownBy(() -> new Bootstrap().interval(new Mae(), Tensor.zeros(3), Tensor.zeros(4)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "bootstrap: predictions and targets must have the same number of rows, got [3] and"
                + " [4]");
    assertThatThrownBy(() -> new Bootstrap().interval(new Mae(), Tensor.zeros(0), Tensor.zeros(0)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("bootstrap: there are no rows; it needs at least one");
  }
}
