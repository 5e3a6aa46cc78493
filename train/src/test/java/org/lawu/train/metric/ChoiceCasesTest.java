package org.lawu.train.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lawu.train.metric.Cases.assertEqual;
import static org.lawu.train.metric.Cases.assertMetric;
import static org.lawu.train.metric.Cases.tensor;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lawu.io.Config;
import org.lawu.tensor.Tensor;

/** Metrics of the probabilities of several classes against scikit-learn. */
class ChoiceCasesTest {
  private static final Map<String, Average> AVERAGES =
      Map.of("micro", Average.MICRO, "macro", Average.MACRO, "weighted", Average.WEIGHTED);

  private static List<Named<Config>> cases() {
    return Cases.of("choices").stream()
        .map(values -> Named.of(values.string("name"), values))
        .toList();
  }

  private static Tensor labels(Config values) {
    return Tensor.of(values.integers("labels"));
  }

  private static Tensor rows(Config values, String name) {
    int rows = values.integers("labels").length;
    return tensor(values, name, rows, values.integer("classes"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void ranks(Config values) {
    AVERAGES.forEach((name, average) -> {
      each(values, values.config("auc"), name, new RocAuc(average));
      each(values, values.config("averagePrecision"), name, new AveragePrecision(average));
    });
  }

  private static <M extends RankedMetric<M>> void each(
      Config values, Config expected, String name, M metric) {
    assertMetric(expected, name, metric, rows(values, "logits"), labels(values));
    assertMetric(
        expected,
        name,
        metric.fromProbabilities(),
        rows(values, "probabilities"),
        labels(values).oneHot(values.integer("classes")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void probabilities(Config values) {
    Tensor logits = rows(values, "logits");
    Tensor probabilities = rows(values, "probabilities");
    Tensor labels = labels(values);
    assertMetric(values, "logLoss", new LogLoss(), logits, labels);
    assertMetric(values, "logLoss", new LogLoss().fromProbabilities(), probabilities, labels);
    assertMetric(values, "perplexity", new Perplexity(), logits, labels);
    assertMetric(values, "perplexity", new Perplexity().fromProbabilities(), probabilities, labels);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void topK(Config values) {
    double[] top = values.numbers("top");
    for (int k = 1; k <= top.length; k++) {
      double value = new TopKAccuracy(k).of(rows(values, "logits"), labels(values));
      assertEqual("top " + k, value, top[k - 1]);
    }
    assertThat(new TopKAccuracy(1).of(rows(values, "logits"), labels(values)))
        .isEqualTo(new Accuracy().of(rows(values, "logits"), labels(values)));
  }
}
