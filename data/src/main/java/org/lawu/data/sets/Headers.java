package org.lawu.data.sets;

import java.nio.file.Path;
import java.util.List;
import org.lawu.data.Table;
import org.lawu.error.FormatException;

/** The header of a file that should be a known set. */
final class Headers {
  private Headers() {}

  static Table require(String set, Path file, Table table, List<String> columns) {
    List<String> missing =
        columns.stream().filter(column -> !table.columns().contains(column)).toList();
    if (!missing.isEmpty()) {
      throw new FormatException(
          "%s: not the %s data: there are no columns %s, but %s"
              .formatted(file, set, missing, table.columns()));
    }
    return table;
  }
}
