package org.lawu.train.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lawu.train.metric.Cases.assertEqual;
import static org.lawu.train.metric.Cases.assertMetric;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lawu.io.Config;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/** Metrics of predicted and true classes against scikit-learn. */
class DecisionCasesTest {
  private static final Map<String, Average> AVERAGES =
      Map.of("micro", Average.MICRO, "macro", Average.MACRO, "weighted", Average.WEIGHTED);

  private static List<Named<Config>> cases() {
    return Cases.of("decisions").stream()
        .map(values -> Named.of(values.string("name"), values))
        .toList();
  }

  private static ConfusionMatrix matrix(Config values) {
    return ConfusionMatrix.of(
        values.integers("predictions"), values.integers("labels"), values.integer("classes"));
  }

  private static Tensor labels(Config values) {
    return Tensor.of(values.integers("labels"));
  }

  /** Rows whose largest element is that of the predicted class. */
  private static Tensor logits(Config values) {
    Tensor predictions = Tensor.of(values.integers("predictions"));
    return predictions.oneHot(values.integer("classes")).to(DType.FLOAT32).mul(3).sub(1);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void counts(Config values) {
    int[] counts =
        Arrays.stream(matrix(values).toArray())
            .flatMapToLong(Arrays::stream)
            .mapToInt(Math::toIntExact)
            .toArray();
    assertThat(counts).containsExactly(values.integers("matrix"));
    assertThat(ConfusionMatrix.of(logits(values), labels(values))).isEqualTo(matrix(values));
    assertThat(ConfusionMatrix.of(logits(values), labels(values).oneHot(values.integer("classes"))))
        .isEqualTo(matrix(values));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void wholes(Config values) {
    ConfusionMatrix matrix = matrix(values);
    assertEqual("accuracy", matrix.accuracy(), values.number("accuracy"));
    assertEqual("balanced", matrix.balancedAccuracy(), values.number("balancedAccuracy"));
    assertEqual("kappa", matrix.cohenKappa(), values.number("kappa"));
    assertEqual("matthews", matrix.matthews(), values.number("matthews"));
    Tensor logits = logits(values);
    Tensor labels = labels(values);
    assertMetric(values, "accuracy", new Accuracy(), logits, labels);
    assertMetric(values, "balancedAccuracy", new BalancedAccuracy(), logits, labels);
    assertMetric(values, "kappa", new CohenKappa(), logits, labels);
    assertMetric(values, "matthews", new MatthewsCorrelation(), logits, labels);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void averages(Config values) {
    averaged(values, "precision", Precision::new, matrix -> matrix::precision);
    averaged(values, "recall", Recall::new, matrix -> matrix::recall);
    averaged(values, "f1", F1::new, matrix -> matrix::f1);
    averaged(
        values, "f2", average -> new FBeta(2, average), matrix -> label -> matrix.fBeta(label, 2));
    averaged(
        values,
        "fHalf",
        average -> new FBeta(0.5, average),
        matrix -> label -> matrix.fBeta(label, 0.5));
  }

  private static void averaged(
      Config values,
      String name,
      Function<Average, AveragedMetric<?>> metric,
      Function<ConfusionMatrix, IntToDoubleFunction> measure) {
    Config expected = values.config(name);
    Tensor logits = logits(values);
    Tensor labels = labels(values);
    AVERAGES.forEach(
        (average, value) -> assertMetric(expected, average, metric.apply(value), logits, labels));
    int classes = values.integer("classes");
    double[] each =
        IntStream.range(0, classes)
            .mapToDouble(label -> measure.apply(matrix(values)).applyAsDouble(label))
            .toArray();
    assertEqual(name, each, expected.numbers("classes"));
    for (int label = 0; label < classes; label++) {
      AveragedMetric<?> ofClass = metric.apply(Average.MACRO).ofClass(label);
      assertEqual(ofClass.name(), ofClass.of(logits, labels), each[label]);
    }
    if (classes == 2) {
      assertEqual(name, metric.apply(Average.BINARY).of(logits, labels), each[1]);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void reports(Config values) {
    var report = ClassificationReport.of(matrix(values).withNames(values.strings("names")));
    assertThat(report + "\n").isEqualTo(values.string("report"));
    assertThat(report.toString(4) + "\n").isEqualTo(values.string("report4"));
  }
}
