package org.lawu.data;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.lawu.data.file.Gzip;
import org.lawu.data.file.Utf8;
import org.lawu.error.FormatException;

/**
 * Reads CSV files (<a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>, UTF-8) into a
 * {@link Table}.
 *
 * <pre>{@code
 * Table table = Csv.read(Path.of("iris.csv"));
 * Dataset iris = Dataset.of(table.drop("species").floats(), table.labels("species"));
 * }</pre>
 *
 * <p>A file may be packed by gzip, which its first bytes tell and not its name. Lines end with LF
 * or CR LF; empty ones are skipped. Every record must have as many fields as there are columns.
 */
public final class Csv {
  /** Nearly the most bytes that an array can hold. */
  private static final int LARGEST = Integer.MAX_VALUE - 16;

  private Csv() {}

  /**
   * Reads a file of comma-separated fields whose first line names the columns.
   *
   * @throws FormatException if the file is no such CSV; the message names the file, the line and
   *     the column
   * @throws IOException if it cannot be read
   */
  public static Table read(Path file) throws IOException {
    return read(file, CsvFormat.standard());
  }

  /**
   * Reads a file written in a given way.
   *
   * @throws FormatException if the file is no such CSV; the message names the file, the line and
   *     the column
   * @throws IOException if it cannot be read
   */
  public static Table read(Path file, CsvFormat format) throws IOException {
    return table(file, new CsvParser(file, text(file), format.separator()).rows(), format);
  }

  /** The table of all rows of a file. */
  static Table table(Path file, List<CsvParser.Row> rows, CsvFormat format) {
    if (rows.isEmpty()) {
      throw new FormatException(
          "%s, line 1: the file is empty; it needs %s"
              .formatted(file, format.hasHeader() ? "a header" : "at least one record"));
    }
    List<String> columns = columns(file, rows.getFirst(), format);
    List<CsvParser.Row> records = format.hasHeader() ? rows.subList(1, rows.size()) : rows;
    List<Table.Row> cells = new ArrayList<>(records.size());
    for (CsvParser.Row row : records) {
      cells.add(cells(file, columns, row, format));
    }
    return new Table(file.toString(), columns, cells);
  }

  /** The cells of a row, of which there must be one for each column. */
  static Table.Row cells(Path file, List<String> columns, CsvParser.Row row, CsvFormat format) {
    if (row.fields().size() != columns.size()) {
      throw new FormatException(
          "%s, line %d: %d fields, but there are %d columns: %s"
              .formatted(file, row.line(), row.fields().size(), columns.size(), columns));
    }
    return new Table.Row(
        row.line(),
        row.fields().stream().map(field -> format.missing().contains(field) ? "" : field).toList());
  }

  private static String text(Path file) throws IOException {
    requireSize(file, Files.size(file));
    return Utf8.decode(file, unpacked(file, Files.readAllBytes(file)));
  }

  /** The bytes themselves, or what gzip made them of, which their beginning tells. */
  private static byte[] unpacked(Path file, byte[] bytes) throws IOException {
    var raw = new ByteArrayInputStream(bytes);
    if (!Gzip.follows(raw)) {
      return bytes;
    }
    try (InputStream in = new GZIPInputStream(raw)) {
      byte[] text = in.readNBytes(LARGEST + 1);
      requireSize(file, text.length);
      return text;
    } catch (ZipException | EOFException e) {
      throw new FormatException(
          "%s: the gzip data is damaged (%s); fetch the file again".formatted(file, e.getMessage()),
          e);
    }
  }

  private static void requireSize(Path file, long bytes) {
    if (bytes > LARGEST) {
      throw new FormatException("%s: the text is larger than 2 GB; split it".formatted(file));
    }
  }

  private static List<String> columns(Path file, CsvParser.Row first, CsvFormat format) {
    if (!format.hasHeader()) {
      return format.columns().isEmpty()
          ? IntStream.range(0, first.fields().size()).mapToObj(Integer::toString).toList()
          : format.columns();
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < first.fields().size(); i++) {
      if (!names.add(first.fields().get(i))) {
        throw new FormatException(
            "%s, line %d, column %d: a second column is named \"%s\"; names must differ"
                .formatted(file, first.line(), i + 1, first.fields().get(i)));
      }
    }
    return first.fields();
  }
}
