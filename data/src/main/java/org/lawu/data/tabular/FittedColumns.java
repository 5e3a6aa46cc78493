package org.lawu.data.tabular;

import java.util.List;
import org.lawu.data.Preprocessing;
import org.lawu.data.Table;
import org.lawu.error.FormatException;
import org.lawu.io.Config;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Makes features of a table's columns by what {@link Columns#fit} has learnt. Columns are found by
 * name, whatever their order and whatever others there are. Immutable.
 */
public final class FittedColumns implements Preprocessing<Table> {
  private static final String KIND = "Columns";

  private final List<FittedColumn> columns;
  private final List<String> featureNames;

  FittedColumns(List<FittedColumn> columns) {
    this.columns = List.copyOf(columns);
    this.featureNames = columns.stream().flatMap(column -> column.featureNames().stream()).toList();
  }

  /**
   * What was saved by its {@link #config}.
   *
   * @throws FormatException if the settings are of another kind or damaged
   */
  public static FittedColumns of(Config config) {
    if (!config.string("kind").equals(KIND)) {
      throw new FormatException(
          "columns: settings of the kind %s expected, got %s"
              .formatted(KIND, config.string("kind")));
    }
    return new FittedColumns(config.configs("columns").stream().map(FittedColumn::of).toList());
  }

  /** The columns that a table must have. */
  public List<String> columnNames() {
    return columns.stream().map(FittedColumn::name).toList();
  }

  /** The names of the features, such as {@code age}, {@code age (missing)}, {@code city=Paris}. */
  public List<String> featureNames() {
    return featureNames;
  }

  /**
   * The features of each record.
   *
   * @return FLOAT32 {@code [records, features]}
   * @throws org.lawu.error.ArgumentException if the table lacks a column
   * @throws FormatException if a cell is missing where nothing stands in for it, is no number or no
   *     category that is known; the message names the file, the line, the column and the value
   */
  @Override
  public Tensor apply(Table table) {
    int stride = featureNames.size();
    float[] features = new float[Shape.of(table.size(), stride).elements()];
    int at = 0;
    for (FittedColumn column : columns) {
      column.write(table, features, at, stride);
      at += column.featureNames().size();
    }
    return Tensor.of(features, table.size(), stride);
  }

  /** The same followed by principal components that were learnt from such features. */
  public ReducedColumns then(Pca pca) {
    return new ReducedColumns(this, pca);
  }

  @Override
  public Config config() {
    return Config.of("kind", KIND)
        .withList("columns", columns.stream().map(FittedColumn::config).toList());
  }

  /** Such as {@code FittedColumns[age, city=Paris, city=Rome]}. */
  @Override
  public String toString() {
    return "FittedColumns" + featureNames;
  }
}
