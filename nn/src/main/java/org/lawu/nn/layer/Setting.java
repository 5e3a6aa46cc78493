package org.lawu.nn.layer;

import java.util.Locale;
import java.util.stream.Stream;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.io.Config;

/** What the settings of layers have in common: checks, and how they are written down. */
final class Setting {
  private Setting() {}

  /** The number, which must be at least 1. */
  static int positive(String layer, String what, int number) {
    if (number < 1) {
      throw new ArgumentException(
          "%s: %s must be at least 1, got %d".formatted(layer, what, number));
    }
    return number;
  }

  /**
   * Whole numbers, of which there must be so many.
   *
   * @throws FormatException if there are not
   */
  static int[] list(Config config, String name, int count) {
    int[] numbers = config.integers(name);
    if (numbers.length != count) {
      throw new FormatException(
          "%s: \"%s\" must be %d numbers, got %d"
              .formatted(config.source(), name, count, numbers.length));
    }
    return numbers;
  }

  /** A choice as it is written. */
  static String name(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  /**
   * One of a few choices.
   *
   * @throws FormatException if it is none of them
   */
  static <E extends Enum<E>> E choice(Config config, String name, Class<E> type) {
    String text = config.string(name);
    for (E choice : type.getEnumConstants()) {
      if (name(choice).equals(text)) {
        return choice;
      }
    }
    throw new FormatException(
        "%s: \"%s\" must be one of %s"
            .formatted(
                config.source(),
                name,
                Stream.of(type.getEnumConstants()).map(Setting::name).toList()));
  }
}
