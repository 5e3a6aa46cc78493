package org.lawu.data.tabular;

import org.lawu.data.Preprocessing;
import org.lawu.data.Table;
import org.lawu.error.FormatException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.tensor.Tensor;

/**
 * The principal components of features that are made of a table's columns.
 *
 * <pre>{@code
 * FittedColumns columns = Columns.standard("a", "b", "c").fit(training);
 * ReducedColumns preprocessing = columns.then(Pca.fit(columns.apply(training), 2));
 * }</pre>
 *
 * @param columns what makes the features
 * @param pca what makes components of these
 */
public record ReducedColumns(FittedColumns columns, Pca pca) implements Preprocessing<Table> {
  private static final String KIND = "ReducedColumns";

  /**
   * Checks that the two fit each other.
   *
   * @throws ShapeException if the components were learnt from another number of features
   */
  public ReducedColumns {
    int features = columns.featureNames().size();
    if (pca.features() != features) {
      throw new ShapeException(
          "pca: was fitted to %d features, but the columns make %d"
              .formatted(pca.features(), features));
    }
  }

  /**
   * What was saved by its {@link #config}.
   *
   * @throws FormatException if the settings are of another kind or damaged
   */
  public static ReducedColumns of(Config config) {
    if (!config.string("kind").equals(KIND)) {
      throw new FormatException(
          "columns: settings of the kind %s expected, got %s"
              .formatted(KIND, config.string("kind")));
    }
    return new ReducedColumns(
        FittedColumns.of(config.config("columns")), Pca.of(config.config("pca")));
  }

  /** FLOAT32 {@code [records, components]}. */
  @Override
  public Tensor apply(Table table) {
    return pca.transform(columns.apply(table));
  }

  @Override
  public Config config() {
    return Config.of("kind", KIND).with("columns", columns.config()).with("pca", pca.config());
  }
}
