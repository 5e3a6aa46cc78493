package org.lawu.train.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/** What a checkpoint in the middle of an epoch keeps of metrics. */
class AccumulatorStateTest {
  static Stream<Metric> ofClasses() {
    return Stream.of(
        new Accuracy(),
        new TopKAccuracy(2),
        new BalancedAccuracy(),
        new CohenKappa(),
        new MatthewsCorrelation(),
        new F1(Average.MACRO),
        new LogLoss(),
        new Perplexity());
  }

  static Stream<Metric> ofNumbers() {
    return Stream.of(new Mae(), new Mse(), new Rmse(), new Mape(), new R2());
  }

  private static void goesOn(Metric metric, Tensor[] predictions, Tensor[] targets) {
    Metric.Accumulator whole = metric.accumulator();
    Metric.Accumulator first = metric.accumulator();
    Metric.Accumulator second = metric.accumulator();
    assertThat(restored(metric, first.state()).result()).isNaN();
    whole.add(predictions[0], targets[0]);
    first.add(predictions[0], targets[0]);
    second.restore(first.state());
    assertThat(second.result()).isEqualTo(first.result());
    whole.add(predictions[1], targets[1]);
    second.add(predictions[1], targets[1]);
    assertThat(second.result()).isEqualTo(whole.result()).isNotEqualTo(first.result());
  }

  private static Metric.Accumulator restored(Metric metric, double[] state) {
    Metric.Accumulator accumulator = metric.accumulator();
    if (state.length > 0) {
      accumulator.restore(state);
    }
    return accumulator;
  }

  @ParameterizedTest
  @MethodSource("ofClasses")
  void countsOfClassesGoOn(Metric metric) {
    var random = new Philox(3);
    Tensor[] logits = {Tensor.normal(random, 0, 1, 9, 3), Tensor.normal(random, 0, 1, 7, 3)};
    Tensor[] labels = {Tensor.of(0, 1, 2, 0, 1, 2, 0, 1, 2), Tensor.of(2, 1, 0, 0, 1, 2, 2)};
    goesOn(metric, logits, labels);
  }

  @ParameterizedTest
  @MethodSource("ofNumbers")
  void sumsOfErrorsGoOn(Metric metric) {
    var random = new Philox(2);
    goesOn(
        metric,
        new Tensor[] {Tensor.normal(random, 0, 1, 6, 2), Tensor.normal(random, 0, 1, 5, 2)},
        new Tensor[] {Tensor.normal(random, 9, 1, 6, 2), Tensor.normal(random, 9, 1, 5, 2)});
  }
}
