package org.lawu.train.metric;

import static org.lawu.train.metric.Cases.assertMetric;
import static org.lawu.train.metric.Cases.tensor;

import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lawu.io.Config;
import org.lawu.tensor.Tensor;

/** Metrics of numbers against scikit-learn. */
class RegressionCasesTest {

  private static List<Named<Config>> cases() {
    return Cases.of("regression").stream()
        .map(values -> Named.of(values.string("name"), values))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void errors(Config values) {
    Tensor predictions = tensor(values, "predictions", values.integers("sizes"));
    Tensor targets = tensor(values, "targets", values.integers("sizes"));
    List.of(new Mae(), new Mse(), new Rmse(), new Mape(), new R2())
        .forEach(metric -> assertMetric(values, metric.name(), metric, predictions, targets));
  }
}
