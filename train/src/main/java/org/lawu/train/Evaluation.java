package org.lawu.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lawu.error.ArgumentException;

/**
 * How a model does on a data set.
 *
 * @param values the loss and the metrics by name, the loss first
 * @param records the number of records they are over
 */
public record Evaluation(Map<String, Double> values, int records) {
  static final String LOSS = "loss";

  /** Copies the values. */
  public Evaluation {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The mean loss. */
  public double loss() {
    return get(LOSS);
  }

  /**
   * The loss or a metric.
   *
   * @throws ArgumentException if there is none of that name
   */
  public double get(String name) {
    Double value = values.get(name);
    if (value == null) {
      throw new ArgumentException(
          "evaluation: no value is named %s; there are %s".formatted(name, values.keySet()));
    }
    return value;
  }

  /** Such as {@code loss 0.0812 accuracy 0.9752 (10,000 records)}. */
  @Override
  public String toString() {
    return "%s  (%s records)".formatted(Text.values(values), Text.count(records));
  }
}
