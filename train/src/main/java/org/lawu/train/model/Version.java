package org.lawu.train.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of Lawu, which the build writes into a file beside this class. */
final class Version {
  private static final String UNKNOWN = "unknown";

  private Version() {}

  /** Such as {@code 1.2.0}; {@code unknown} where the build did not write it. */
  static String ofLawu() {
    try (var file = Version.class.getResourceAsStream("version.txt")) {
      if (file == null) {
        return UNKNOWN;
      }
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
      return text.startsWith("$") ? UNKNOWN : text;
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
