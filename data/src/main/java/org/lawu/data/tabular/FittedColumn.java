package org.lawu.data.tabular;

import java.util.List;
import org.lawu.data.Table;
import org.lawu.error.FormatException;
import org.lawu.io.Config;

/** What was learnt about one column, and what makes features of it. */
sealed interface FittedColumn permits NumberColumn, OneHotColumn, OrdinalColumn {

  /** The column in the table. */
  String name();

  List<String> featureNames();

  /**
   * Writes the features of all records.
   *
   * @param to {@code [records, stride]}
   * @param at the position of this column's first feature in a row
   */
  void write(Table table, float[] to, int at, int stride);

  Config config();

  static FittedColumn of(Config config) {
    return switch (config.string("kind")) {
      case NumberColumn.KIND -> NumberColumn.of(config);
      case OneHotColumn.KIND -> OneHotColumn.of(config);
      case OrdinalColumn.KIND -> OrdinalColumn.of(config);
      default ->
          throw new FormatException(
              "columns: no column is of the kind \"%s\"; it may be of a later version"
                  .formatted(config.string("kind")));
    };
  }
}
