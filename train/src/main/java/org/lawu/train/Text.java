package org.lawu.train;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Numbers as people read them, the same in every country. */
final class Text {
  private Text() {}

  /** Four decimals, or four digits where those would hide a small number. */
  static String number(double value) {
    boolean plain = value == 0 || Math.abs(value) >= 1e-3 || Double.isNaN(value);
    return String.format(Locale.ROOT, plain ? "%.4f" : "%.3e", value);
  }

  /** {@code 60,000}. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** {@code 3.1 s}. */
  static String seconds(double value) {
    return String.format(Locale.ROOT, "%.1f s", value);
  }

  /** {@code 0:12}, {@code 3:12} or {@code 2:05:00}. */
  static String duration(double seconds) {
    Duration duration = Duration.ofSeconds(Math.round(seconds));
    return duration.toHours() > 0
        ? "%d:%02d:%02d"
            .formatted(duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart())
        : "%d:%02d".formatted(duration.toMinutes(), duration.toSecondsPart());
  }

  /** The text of an object, or the name of its class where it has none of its own. */
  static String of(Object value) {
    String text = value.toString();
    return text.startsWith(value.getClass().getName() + "@")
        ? value.getClass().getSimpleName()
        : text;
  }

  /** {@code loss 0.2954 accuracy 0.9141}. */
  static String values(Map<String, Double> values) {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + " " + number(entry.getValue()))
        .collect(Collectors.joining("  "));
  }
}
