package org.lawu.examples;

import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The data in {@code examples/data}, whose README says where each set is from. */
final class BundledData {
  private BundledData() {}

  /**
   * A file or folder of the bundled data, in the project's folder, which is the working folder
   * unless the property {@code lawu.root} says otherwise.
   *
   * @throws FileNotFoundException if it is not there
   */
  static Path find(String name) throws FileNotFoundException {
    Path file = Path.of(System.getProperty("lawu.root", "."), "examples", "data", name);
    if (!Files.exists(file)) {
      throw new FileNotFoundException(
          "%s was not found; run from the project's folder, or set -Dlawu.root to it"
              .formatted(file));
    }
    return file;
  }
}
