package org.lawu.train.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lawu.train.metric.Cases.assertEqual;
import static org.lawu.train.metric.Cases.assertMetric;
import static org.lawu.train.metric.Cases.tensor;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lawu.io.Config;
import org.lawu.tensor.Tensor;

/** Metrics of yes-or-no questions against scikit-learn. */
class QuestionCasesTest {

  private static List<Named<Config>> cases() {
    return Cases.of("questions").stream()
        .map(values -> Named.of(values.string("name"), values))
        .toList();
  }

  private static int rows(Config values) {
    return values.numbers("labels").length;
  }

  private static Tensor logits(Config values) {
    return tensor(values, "logits", rows(values), 1);
  }

  private static Tensor labels(Config values) {
    return tensor(values, "labels", rows(values), 1);
  }

  /** The same questions as logits of two classes, whose difference is as before. */
  private static Tensor twoColumns(Config values) {
    return Tensor.concat(1, logits(values).mul(-0.5), logits(values).mul(0.5));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void ranks(Config values) {
    Tensor integers = Tensor.of(values.integers("labels"));
    for (Metric metric : List.of(new RocAuc(), new RocAuc().fromProbabilities())) {
      assertMetric(values, "auc", metric, logits(values), labels(values));
      assertMetric(values, "auc", metric, twoColumns(values), integers);
    }
    assertMetric(
        values, "averagePrecision", new AveragePrecision(), logits(values), labels(values));
    assertMetric(values, "averagePrecision", new AveragePrecision(), twoColumns(values), integers);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rocCurves(Config values) {
    var curve = RocCurve.of(logits(values), labels(values));
    assertEqual("x", curve.falsePositiveRates(), values.numbers("falsePositiveRates"));
    assertEqual("y", curve.truePositiveRates(), values.numbers("truePositiveRates"));
    double[] thresholds = curve.thresholds();
    assertThat(thresholds[0]).isInfinite();
    assertEqual(
        "thresholds",
        Arrays.copyOfRange(thresholds, 1, thresholds.length),
        values.numbers("rocThresholds"));
    assertEqual("auc", curve.auc(), values.number("auc"));
    assertEqual("area", area(curve), curve.auc());
  }

  private static double area(RocCurve curve) {
    double[] x = curve.falsePositiveRates();
    double[] y = curve.truePositiveRates();
    double area = 0;
    for (int i = 1; i < x.length; i++) {
      area += (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2;
    }
    return area;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void precisionRecallCurves(Config values) {
    var curve = PrecisionRecallCurve.of(logits(values), labels(values));
    assertEqual("precision", curve.precisions(), values.numbers("precisions"));
    assertEqual("recall", curve.recalls(), values.numbers("recalls"));
    double[] thresholds = curve.thresholds();
    assertEqual(
        "thresholds",
        Arrays.copyOf(thresholds, thresholds.length - 1),
        values.numbers("thresholds"));
    assertThat(thresholds[thresholds.length - 1]).isInfinite();
    assertEqual("area", curve.averagePrecision(), values.number("averagePrecision"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void decisions(Config values) {
    Tensor logits = logits(values);
    Tensor labels = labels(values);
    assertMetric(values, "precision", new Precision(), logits, labels);
    assertMetric(values, "recall", new Recall(), logits, labels);
    assertMetric(values, "f1", new F1(), logits, labels);
    assertMetric(values, "strictF1", new F1().threshold(0.7), logits, labels);
    assertMetric(values, "kappa", new CohenKappa(), logits, labels);
    assertMetric(values, "matthews", new MatthewsCorrelation(), logits, labels);
    Tensor integers = Tensor.of(values.integers("labels"));
    assertMetric(values, "f1", new F1(), twoColumns(values), integers);
    assertMetric(values, "strictF1", new F1().threshold(0.7), twoColumns(values), integers);
    Tensor probabilities = tensor(values, "probabilities", rows(values), 1);
    assertMetric(values, "f1", new F1().fromProbabilities(), probabilities, labels);
    assertMetric(
        values, "strictF1", new F1().fromProbabilities().threshold(0.7), probabilities, labels);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void probabilities(Config values) {
    Tensor logits = logits(values);
    Tensor labels = labels(values);
    Tensor probabilities = tensor(values, "probabilities", rows(values), 1);
    assertMetric(values, "logLoss", new LogLoss(), logits, labels);
    assertMetric(values, "logLoss", new LogLoss().fromProbabilities(), probabilities, labels);
    assertMetric(values, "brier", new BrierScore(), logits, labels);
    assertMetric(values, "brier", new BrierScore().fromProbabilities(), probabilities, labels);
    Tensor integers = Tensor.of(values.integers("labels"));
    assertMetric(values, "logLoss", new LogLoss(), twoColumns(values), integers);
    assertMetric(values, "brier", new BrierScore(), twoColumns(values), integers);
  }
}
