package org.lawu.train;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Numbers as people read them, the same in every country. */
final class Text {
  /** The names of lambdas and the numbers of objects, which differ from process to process. */
  private static final Pattern IDENTITY = Pattern.compile("/0x[0-9a-f]+|@[0-9a-f]+\\b");

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

  /** The text of an object, the same in every process. */
  static String of(Object value) {
    return IDENTITY.matcher(value.toString()).replaceAll("");
  }

  /** {@code loss 0.2954 accuracy 0.9141}. */
  static String values(Map<String, Double> values) {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + " " + number(entry.getValue()))
        .collect(Collectors.joining("  "));
  }
}
