package org.lawu.data.text;

import java.util.Arrays;
import java.util.Locale;
import org.lawu.error.FormatException;

/** Constants under the names that they have in files: {@code lower_case}. */
final class Names {
  private Names() {}

  static String write(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static <E extends Enum<E>> E read(Class<E> type, String what, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> write(constant).equals(name))
        .findFirst()
        .orElseThrow(() ->
            new FormatException(
                "%s: \"%s\" is unknown; there are %s"
                    .formatted(
                        what,
                        name,
                        Arrays.stream(type.getEnumConstants()).map(Names::write).toList())));
  }
}
