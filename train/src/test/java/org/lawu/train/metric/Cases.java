package org.lawu.train.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.lawu.io.Config;
import org.lawu.tensor.Tensor;

/** The values of scikit-learn that {@code src/test/python/metric_cases.py} has written. */
final class Cases {
  private static final double RELATIVE = 1e-12;
  private static final double ABSOLUTE = 1e-15;

  private Cases() {}

  static List<Config> of(String kind) {
    try (InputStream file = Cases.class.getResourceAsStream("cases.json")) {
      assertThat(file).isNotNull();
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return Config.parse("cases.json", text).configs(kind);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Tensor tensor(Config values, String name, int... sizes) {
    return Tensor.of(values.numbers(name), sizes);
  }

  static void assertEqual(String name, double value, double expected) {
    if (Double.isNaN(expected)) {
      assertThat(value).as(name).isNaN();
    } else {
      double allowed = ABSOLUTE + RELATIVE * Math.abs(expected);
      assertThat(Math.abs(value - expected))
          .as("%s: %s, expected %s", name, value, expected)
          .isLessThanOrEqualTo(allowed);
    }
  }

  static void assertEqual(String name, double[] values, double[] expected) {
    assertThat(values).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < values.length; i++) {
      assertEqual(name + "[" + i + "]", values[i], expected[i]);
    }
  }

  /** The metric in batches of seven rows, as a trainer uses it. */
  static double inBatches(Metric metric, Tensor predictions, Tensor targets) {
    Metric.Accumulator accumulator = metric.accumulator();
    int rows = targets.size(0);
    for (int from = 0; from < rows; from += 7) {
      int to = Math.min(rows, from + 7);
      accumulator.add(predictions.slice(0, from, to), targets.slice(0, from, to));
    }
    return accumulator.result();
  }

  /** Asserts the metric of a case, at once and in batches. */
  static void assertMetric(
      Config values, String name, Metric metric, Tensor predictions, Tensor targets) {
    double expected = values.number(name);
    assertEqual(name, metric.of(predictions, targets), expected);
    assertEqual(name + " in batches", inBatches(metric, predictions, targets), expected);
  }
}
