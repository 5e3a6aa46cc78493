package org.lawu.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lawu.data.Batch;
import org.lawu.io.Config;
import org.lawu.tensor.Tensor;
import org.lawu.train.metric.Metric;

/** The loss and the metrics of the batches of one pass over the data; larger batches weigh more. */
final class Tally {
  private final Map<String, Metric.Accumulator> metrics = new LinkedHashMap<>();
  private double weightedLoss;
  private int records;

  Tally(List<Metric> metrics) {
    metrics.forEach(metric -> this.metrics.put(metric.name(), metric.accumulator()));
  }

  void add(Batch batch, Tensor prediction, double loss) {
    weightedLoss += loss * batch.size();
    records += batch.size();
    Tensor untracked = prediction.detach();
    for (Metric.Accumulator metric : metrics.values()) {
      metric.add(untracked, batch.labels());
    }
  }

  /** All that was counted; {@link #restore} goes on from it. */
  Config state() {
    Config counted = Config.empty();
    for (var metric : metrics.entrySet()) {
      counted = counted.with(metric.getKey(), metric.getValue().state());
    }
    return Config.empty()
        .with(Evaluation.LOSS, weightedLoss)
        .with("records", records)
        .with("metrics", counted);
  }

  void restore(Config state) {
    weightedLoss = state.number(Evaluation.LOSS);
    records = state.integer("records");
    Config counted = state.config("metrics");
    metrics.forEach((name, metric) -> {
      double[] numbers = counted.numbers(name);
      if (numbers.length > 0) {
        metric.restore(numbers);
      }
    });
  }

  /** Those of {@link #values}. */
  List<String> names() {
    List<String> names = new ArrayList<>(List.of(Evaluation.LOSS));
    names.addAll(metrics.keySet());
    return names;
  }

  int records() {
    return records;
  }

  /** By name, the loss first. */
  Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(Evaluation.LOSS, weightedLoss / records);
    metrics.forEach((name, metric) -> values.put(name, metric.result()));
    return values;
  }
}
