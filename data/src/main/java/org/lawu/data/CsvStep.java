package org.lawu.data;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lawu.error.FormatException;

/** The records of a CSV file, each a table of one. */
final class CsvStep implements Step<Table> {
  private static final int LONGEST = 1 << 24;

  private final Path file;
  private final CsvFormat format;
  private final LineReader reader;
  private @Nullable List<String> columns;

  /** Where the last record begins. */
  private int start;

  CsvStep(Path file, CsvFormat format) {
    this.file = file;
    this.format = format;
    this.reader = new LineReader(file);
  }

  @Override
  public @Nullable Item<Table> next() {
    CsvParser.Row row = row();
    if (columns == null) {
      columns = Csv.table(file, row == null ? List.of() : List.of(row), format).columns();
      if (format.hasHeader()) {
        row = row();
      }
    }
    if (row == null) {
      return null;
    }
    var table = new Table(file.toString(), columns, List.of(Csv.cells(file, columns, row, format)));
    return new Item<>(table, new Place(file.toString(), "line", row.line()));
  }

  private CsvParser.@Nullable Row row() {
    while (true) {
      String text = record();
      if (text == null) {
        return null;
      }
      List<CsvParser.Row> rows = new CsvParser(file, text, format.separator(), start).rows();
      if (!rows.isEmpty()) {
        return rows.getFirst();
      }
    }
  }

  /** A line with its end, and those that follow as long as a quote is open. */
  private @Nullable String record() {
    String line = reader.next();
    if (line == null) {
      return null;
    }
    start = Math.toIntExact(reader.line());
    var record = new StringBuilder(line).append('\n');
    boolean open = opens(line);
    while (open && (line = reader.next()) != null) {
      record.append(line).append('\n');
      open ^= opens(line);
      if (record.length() > LONGEST) {
        throw new FormatException(
            "%s, line %d: a quoted field goes on for more than %d MB; close it with a quote"
                .formatted(file, start, LONGEST >> 20));
      }
    }
    // Without the end of a line that never came, the parser sees that the field does not end.
    return open ? record.substring(0, record.length() - 1) : record.toString();
  }

  /** Whether a quote is open after a line if none was before; doubled quotes count as two. */
  private static boolean opens(String line) {
    return line.chars().filter(c -> c == '"').count() % 2 == 1;
  }

  @Override
  public void close() {
    reader.close();
  }
}
