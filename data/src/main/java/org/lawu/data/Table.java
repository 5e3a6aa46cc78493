package org.lawu.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Records with named columns of text, as read from a file, which become tensors on request. The
 * empty text stands for a missing value. Immutable: what changes a table returns another.
 *
 * <pre>{@code
 * Tensor features = table.floats("length", "width"); // FLOAT32 [n, 2]
 * Tensor labels = table.labels("species");           // INT32 [n]
 * }</pre>
 *
 * <p>A cell that is not what is asked of it raises a {@link FormatException} that names the file,
 * the line and the column.
 */
public final class Table {
  /** Java's own syntax would also let hexadecimal numbers and a final f or d pass. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?|NaN|[+-]?Infinity");

  private final String source;
  private final List<String> columns;
  private final List<Row> rows;

  /** The cells of one record, and the line of the file where it starts. */
  record Row(int line, List<String> cells) {}

  Table(String source, List<String> columns, List<Row> rows) {
    this.source = source;
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * A table of texts in memory, such as the inputs to predict for.
   *
   * @param columns the names of the columns
   * @param records the cells of each record, in the order of the columns; the empty text where a
   *     value is missing
   * @throws ArgumentException if two columns have one name, or a record has not one cell for each
   *     column
   */
  public static Table of(List<String> columns, List<List<String>> records) {
    if (new HashSet<>(columns).size() != columns.size()) {
      throw new ArgumentException("table: names of columns must differ, got %s".formatted(columns));
    }
    List<Row> rows = new ArrayList<>(records.size());
    for (List<String> record : records) {
      if (record.size() != columns.size()) {
        throw new ArgumentException(
            "table: record %d has %d cells, but there are %d columns: %s"
                .formatted(rows.size() + 1, record.size(), columns.size(), columns));
      }
      rows.add(new Row(rows.size() + 1, List.copyOf(record)));
    }
    return new Table("table", List.copyOf(columns), List.copyOf(rows));
  }

  /** The number of records. */
  public int size() {
    return rows.size();
  }

  /** The names of the columns. */
  public List<String> columns() {
    return columns;
  }

  /**
   * Columns as numbers: FLOAT32 {@code [size, columns]}.
   *
   * @param names which columns, in which order; none means all
   * @throws FormatException if a cell is missing, not a number, or too large for FLOAT32
   * @throws ArgumentException if there is no such column
   */
  public Tensor floats(String... names) {
    int[] from = indices("floats", names);
    float[] elements = new float[Shape.of(size(), from.length).elements()];
    int at = 0;
    for (Row row : rows) {
      for (int column : from) {
        elements[at++] = number(row, column);
      }
    }
    return Tensor.of(elements, size(), from.length);
  }

  /**
   * A column as numbers of double precision, NaN where the value is missing.
   *
   * @throws FormatException if a cell is neither missing nor a number
   * @throws ArgumentException if there is no such column
   */
  public double[] doubles(String name) {
    int column = index("doubles", name);
    return rows.stream()
        .mapToDouble(row ->
            row.cells().get(column).isEmpty()
                ? Double.NaN
                : Double.parseDouble(numeral(row, column)))
        .toArray();
  }

  /**
   * A column as whole numbers: INT32 {@code [size]}.
   *
   * @throws FormatException if a cell is missing or not a whole number that INT32 can hold
   * @throws ArgumentException if there is no such column
   */
  public Tensor ints(String name) {
    int column = index("ints", name);
    return Tensor.of(rows.stream().mapToInt(row -> wholeNumber(row, column)).toArray());
  }

  /**
   * A column as text; the empty text where the value is missing.
   *
   * @throws ArgumentException if there is no such column
   */
  public List<String> strings(String name) {
    int column = index("strings", name);
    return rows.stream().map(row -> row.cells().get(column)).toList();
  }

  /**
   * A column as classes: INT32 {@code [size]}, each a position in {@link #classes} of this table;
   * another table with other values has other numbers. For several tables fit one {@link
   * LabelEncoder} to {@link #strings}.
   *
   * @throws FormatException if a cell is missing
   * @throws ArgumentException if there is no such column or there are no records
   */
  public Tensor labels(String name) {
    List<String> values = present("labels", name);
    return LabelEncoder.fit(values).transform(values);
  }

  /**
   * A column as rows that are 1 at its class: FLOAT32 {@code [size, classes]}; see {@link #labels}.
   *
   * @throws FormatException if a cell is missing
   * @throws ArgumentException if there is no such column or there are no records
   */
  public Tensor oneHot(String name) {
    List<String> values = present("oneHot", name);
    return LabelEncoder.fit(values).oneHot(values);
  }

  /**
   * The distinct values of a column in the order of {@link LabelEncoder}, which numbers them.
   *
   * @throws FormatException if a cell is missing
   * @throws ArgumentException if there is no such column or there are no records
   */
  public List<String> classes(String name) {
    return LabelEncoder.fit(present("classes", name)).classes();
  }

  /**
   * The table without some columns.
   *
   * @throws ArgumentException if there is no such column
   */
  public Table drop(String... names) {
    Set<Integer> dropped = new HashSet<>();
    for (String name : names) {
      dropped.add(index("drop", name));
    }
    int[] kept =
        IntStream.range(0, columns.size()).filter(column -> !dropped.contains(column)).toArray();
    return new Table(
        source,
        pick(columns, kept),
        rows.stream().map(row -> new Row(row.line(), pick(row.cells(), kept))).toList());
  }

  /**
   * The records with the given numbers, in that order, as of a part of a {@link Partition}.
   *
   * @throws org.lawu.error.IndexException if a number is not in {@code 0 .. size() - 1}
   */
  public Table select(int[] records) {
    Records.check("select", records, size());
    return new Table(source, columns, Arrays.stream(records).mapToObj(rows::get).toList());
  }

  private static List<String> pick(List<String> texts, int[] from) {
    return Arrays.stream(from).mapToObj(texts::get).toList();
  }

  /**
   * The table without the records that miss a value.
   *
   * @param names the columns to look at; none means all
   * @throws ArgumentException if there is no such column
   */
  public Table dropMissing(String... names) {
    int[] from = indices("dropMissing", names);
    return new Table(
        source,
        columns,
        rows.stream()
            .filter(row -> Arrays.stream(from).noneMatch(i -> row.cells().get(i).isEmpty()))
            .toList());
  }

  /**
   * The table with a text in place of missing values, such as "0", or "NaN" for a number that later
   * steps recognise.
   *
   * @param names the columns to fill; none means all
   * @throws ArgumentException if there is no such column
   */
  public Table fillMissing(String text, String... names) {
    int[] from = indices("fillMissing", names);
    return new Table(source, columns, rows.stream().map(row -> filled(row, from, text)).toList());
  }

  private static Row filled(Row row, int[] from, String text) {
    String[] cells = row.cells().toArray(new String[0]);
    for (int column : from) {
      if (cells[column].isEmpty()) {
        cells[column] = text;
      }
    }
    return new Row(row.line(), List.of(cells));
  }

  /**
   * The records of several tables in one, such as those that {@link Pipeline#csv} gives.
   *
   * @throws ArgumentException if there is none, or their columns differ
   */
  public static Table concat(List<Table> tables) {
    if (tables.isEmpty()) {
      throw new ArgumentException("concat: there must be at least one table");
    }
    List<String> columns = tables.getFirst().columns;
    for (Table table : tables) {
      if (!table.columns.equals(columns)) {
        throw new ArgumentException(
            "concat: the columns differ: %s has %s, and %s has %s"
                .formatted(tables.getFirst().source, columns, table.source, table.columns));
      }
    }
    return new Table(
        tables.stream().map(table -> table.source).distinct().collect(Collectors.joining(", ")),
        columns,
        tables.stream().flatMap(table -> table.rows.stream()).toList());
  }

  private int index(String operation, String name) {
    int index = columns.indexOf(name);
    if (index < 0) {
      throw new ArgumentException(
          "%s: there is no column \"%s\"; %s has %s".formatted(operation, name, source, columns));
    }
    return index;
  }

  private int[] indices(String operation, String... names) {
    List<String> chosen = names.length == 0 ? columns : List.of(names);
    return chosen.stream().mapToInt(name -> index(operation, name)).toArray();
  }

  private List<String> present(String operation, String name) {
    int column = index(operation, name);
    return rows.stream().map(row -> present(row, column)).toList();
  }

  private String present(Row row, int column) {
    String cell = row.cells().get(column);
    if (cell.isEmpty()) {
      throw fault(row, column, "the value is missing; use dropMissing or fillMissing first");
    }
    return cell;
  }

  private float number(Row row, int column) {
    String cell = numeral(row, column);
    float value = Float.parseFloat(cell);
    if (Float.isInfinite(value) && !cell.endsWith("Infinity")) {
      throw fault(row, column, "%s is too large for FLOAT32".formatted(cell));
    }
    return value;
  }

  private String numeral(Row row, int column) {
    String cell = present(row, column).strip();
    if (!NUMBER.matcher(cell).matches()) {
      throw fault(row, column, "\"%s\" is not a number".formatted(cell));
    }
    return cell;
  }

  private int wholeNumber(Row row, int column) {
    String cell = present(row, column).strip();
    try {
      return Integer.parseInt(cell);
    } catch (NumberFormatException e) {
      throw fault(row, column, "\"%s\" is not an INT32 number".formatted(cell));
    }
  }

  /**
   * What to throw when a cell is not as it should be: it names the file, the line and the column.
   *
   * @param record the number of the record, from 0
   * @param name the column
   * @param fault what is wrong with the cell
   */
  public FormatException fault(int record, String name, String fault) {
    Records.check("fault", new int[] {record}, size());
    return fault(rows.get(record), index("fault", name), fault);
  }

  private FormatException fault(Row row, int column, String fault) {
    return new FormatException(
        "%s, line %d, column \"%s\": %s".formatted(source, row.line(), columns.get(column), fault));
  }

  /** As in {@code Table of 150 records, columns [length, width, species]}. */
  @Override
  public String toString() {
    return "Table of %d records, columns %s".formatted(size(), columns);
  }
}
