package org.lawu.train.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.io.Config;

/**
 * What a model says about one input.
 *
 * @param label the class it takes the input for; null where it predicts numbers
 * @param values the probability of each class, or the numbers, by name
 */
public record Prediction(@Nullable String label, Map<String, Double> values) {

  /** Copies the values. */
  public Prediction {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * The probability of the label.
   *
   * @throws ArgumentException if there is no label
   */
  public double probability() {
    Double probability = label == null ? null : values.get(label);
    if (probability == null) {
      throw new ArgumentException("probability: the model predicts numbers; ask values()");
    }
    return probability;
  }

  /**
   * The number that is predicted.
   *
   * @throws ArgumentException if it is not one number
   */
  public double number() {
    if (label != null || values.size() != 1) {
      throw new ArgumentException(
          "number: the model does not predict one number; ask label() or values(), which has %s"
              .formatted(values.keySet()));
    }
    return values.values().iterator().next();
  }

  /** As JSON: {@code {"label":"spam","probability":0.98,"probabilities":{...}}}. */
  public Config config() {
    Config all = Config.empty();
    for (var value : values.entrySet()) {
      all = all.with(value.getKey(), value.getValue());
    }
    return label == null
        ? Config.empty().with("values", all)
        : Config.of("label", label).with("probability", probability()).with("probabilities", all);
  }

  /** Such as {@code spam 0.9871}, or {@code price 12.5}. */
  @Override
  public String toString() {
    if (label != null) {
      return "%s %s".formatted(label, text(probability()));
    }
    return values.entrySet().stream()
        .map(value -> "%s %s".formatted(value.getKey(), text(value.getValue())))
        .collect(Collectors.joining("  "));
  }

  private static String text(double number) {
    return String.format(Locale.ROOT, Math.abs(number) >= 10_000 ? "%.6g" : "%.4f", number);
  }
}
