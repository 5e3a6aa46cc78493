package org.lawu.data;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lawu.error.ArgumentException;

/**
 * How a CSV file is written, where it differs from {@link #standard()}. Immutable: each method
 * returns a changed copy.
 *
 * <pre>{@code
 * CsvFormat.standard().withoutHeader("length", "width", "species").separator(';').missing("?")
 * }</pre>
 *
 * @param hasHeader whether the first line names the columns
 * @param columns the names of the columns of a file without a header; none numbers them from 0
 * @param separator what stands between two fields; a comma by default
 * @param missing texts that, like an empty field, stand for a missing value
 */
public record CsvFormat(
    boolean hasHeader, List<String> columns, char separator, Set<String> missing) {

  /**
   * Checks the settings.
   *
   * @throws ArgumentException if the separator is a quote or a line end, two columns have one name,
   *     or columns are named although the file has a header
   */
  public CsvFormat {
    columns = List.copyOf(columns);
    missing = Set.copyOf(missing);
    if (separator == '"' || separator == '\n' || separator == '\r') {
      throw new ArgumentException(
          "csv: the separator must not be a quote or the end of a line; usual are , and ;");
    }
    if (hasHeader && !columns.isEmpty()) {
      throw new ArgumentException(
          "csv: the header names the columns already, got %s too; use withoutHeader"
              .formatted(columns));
    }
    Set<String> names = new HashSet<>();
    for (String column : columns) {
      if (!names.add(column)) {
        throw new ArgumentException(
            "csv: two columns are named %s; names must differ".formatted(column));
      }
    }
  }

  /** Commas between fields, and a first line that names the columns. */
  public static CsvFormat standard() {
    return new CsvFormat(true, List.of(), ',', Set.of());
  }

  /**
   * The same where the first line is a record already.
   *
   * @param names of all columns; if none are given, they are "0", "1" and so on
   */
  public CsvFormat withoutHeader(String... names) {
    return new CsvFormat(false, List.of(names), separator, missing);
  }

  /** The same with another character between fields, such as {@code ';'} or {@code '\t'}. */
  public CsvFormat separator(char newSeparator) {
    return new CsvFormat(hasHeader, columns, newSeparator, missing);
  }

  /** The same with texts that stand for a missing value, such as "?" or "NA". */
  public CsvFormat missing(String... texts) {
    return new CsvFormat(hasHeader, columns, separator, new HashSet<>(List.of(texts)));
  }
}
