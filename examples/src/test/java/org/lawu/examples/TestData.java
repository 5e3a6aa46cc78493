package org.lawu.examples;

import java.nio.file.Files;
import java.nio.file.Path;

/** The bundled data, whether tests run in the project's folder or in that of this module. */
final class TestData {
  private TestData() {}

  static Path find(String name) {
    Path here = Path.of("data", name);
    return Files.exists(here) ? here : Path.of("examples", "data", name);
  }
}
