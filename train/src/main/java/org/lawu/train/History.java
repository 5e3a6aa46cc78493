package org.lawu.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lawu.error.ArgumentException;

/**
 * How a training went, epoch by epoch: {@code loss} and the metrics over the training batches, each
 * at the moment of its step; the same after {@code val_} over the validation data at the end of the
 * epoch; and {@code seconds}.
 *
 * @param seed the seed that repeats the training from the same initial parameters
 * @param epochs the values of each epoch by name
 */
public record History(long seed, List<Map<String, Double>> epochs) {
  static final String VALIDATION = "val_";
  static final String SECONDS = "seconds";

  /** Copies the values. */
  public History {
    epochs = epochs.stream().map(History::copy).toList();
  }

  private static Map<String, Double> copy(Map<String, Double> values) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The names of the values that every epoch has. */
  public List<String> names() {
    return epochs.isEmpty() ? List.of() : List.copyOf(epochs.getFirst().keySet());
  }

  /**
   * A value in every epoch, such as {@code values("val_loss")}.
   *
   * @throws ArgumentException if there is none of that name
   */
  public double[] values(String name) {
    check(name);
    return epochs.stream().mapToDouble(epoch -> epoch.getOrDefault(name, Double.NaN)).toArray();
  }

  /**
   * A value in the last epoch.
   *
   * @throws ArgumentException if there is none of that name
   */
  public double last(String name) {
    check(name);
    return epochs.getLast().getOrDefault(name, Double.NaN);
  }

  private void check(String name) {
    if (!names().contains(name)) {
      throw new ArgumentException(
          "history: no value is named %s; there are %s".formatted(name, names()));
    }
  }

  /** A table with a line for each epoch. */
  @Override
  public String toString() {
    var table = new StringBuilder("epoch");
    for (String name : names()) {
      table.append("  ").append(cell(name, name));
    }
    for (int i = 0; i < epochs.size(); i++) {
      table.append(String.format(Locale.ROOT, "%n%5d", i + 1));
      epochs
          .get(i)
          .forEach((name, value) -> table.append("  ").append(cell(name, text(name, value))));
    }
    return table.toString();
  }

  private static String text(String name, double value) {
    return name.equals(SECONDS) ? String.format(Locale.ROOT, "%.1f", value) : Text.number(value);
  }

  /** As wide as the name of the column, or the widest number. */
  private static String cell(String name, String text) {
    int width = Math.max(name.length(), Text.number(-1e-9).length());
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }
}
