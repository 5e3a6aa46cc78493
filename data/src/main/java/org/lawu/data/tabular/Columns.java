package org.lawu.data.tabular;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lawu.data.Table;
import org.lawu.error.ArgumentException;

/**
 * Which columns of a {@link Table} become features, and how: a description, from which {@link #fit}
 * makes the preprocessing by what it learns from training data. Immutable, like what its methods
 * return.
 *
 * <pre>{@code
 * Columns columns =
 *     Columns.standard("age", "income").imputeMedian().missingIndicator()
 *         .and(Columns.robust("visits").log1p())
 *         .and(Columns.oneHot("city").acceptUnknown().rarerThan(10))
 *         .and(Columns.ordinal("size").order("small", "medium", "large"));
 *
 * FittedColumns preprocessing = columns.fit(table.select(rows.train()));
 * Tensor features = preprocessing.apply(table); // FLOAT32 [n, features]
 * }</pre>
 *
 * <p>A missing value is refused, in training and in use, unless it is said what to put in its
 * place. Columns that are not named are left out. What it makes is what scikit-learn's {@code
 * ColumnTransformer} makes of the same steps.
 */
public abstract sealed class Columns
    permits NumberColumns, OneHotColumns, OrdinalColumns, ColumnGroups {

  Columns() {}

  // ---- numbers

  /** Numbers as they are. */
  public static NumberColumns numbers(String... names) {
    return new NumberColumns(named("numbers", names), Scaling.NONE);
  }

  /**
   * Numbers at mean 0 and standard deviation 1: {@code (x - mean) / deviation}, the deviation from
   * a variance that is divided by n; scikit-learn's {@code StandardScaler}.
   */
  public static NumberColumns standard(String... names) {
    return new NumberColumns(named("standard", names), Scaling.STANDARD);
  }

  /**
   * Numbers from 0 to 1: {@code (x - least) / (largest - least)}. Beyond what was seen in training
   * they go beyond 0 and 1; scikit-learn's {@code MinMaxScaler}.
   */
  public static NumberColumns minMax(String... names) {
    return new NumberColumns(named("minMax", names), Scaling.MIN_MAX);
  }

  /**
   * Numbers scaled by what outliers hardly change: {@code (x - median) / (q75 - q25)}, the
   * quartiles as numpy's {@code percentile}; scikit-learn's {@code RobustScaler}.
   */
  public static NumberColumns robust(String... names) {
    return new NumberColumns(named("robust", names), Scaling.ROBUST);
  }

  // ---- categories

  /**
   * A feature for each category: 1 where the record is of it, else 0; scikit-learn's {@code
   * OneHotEncoder}.
   */
  public static OneHotColumns oneHot(String... names) {
    return new OneHotColumns(named("oneHot", names));
  }

  /**
   * One feature, the number of the category: 0, 1, 2 and so on, in sorted order or in one that is
   * given; scikit-learn's {@code OrdinalEncoder}.
   */
  public static OrdinalColumns ordinal(String... names) {
    return new OrdinalColumns(named("ordinal", names));
  }

  private static List<String> named(String operation, String... names) {
    if (names.length == 0) {
      throw new ArgumentException("%s: name at least one column".formatted(operation));
    }
    return List.of(names);
  }

  // ---- together

  /** These columns, then others; their features stand in this order. */
  public final Columns and(Columns others) {
    List<Columns> groups = new ArrayList<>(groups());
    groups.addAll(others.groups());
    return new ColumnGroups(groups);
  }

  /**
   * Learns from training data what it takes to make features: what stands for missing values, by
   * what to scale, which categories there are.
   *
   * @param training the training records alone, so that those for testing stay unknown
   * @throws ArgumentException if there are no records, there is no such column, a column holds no
   *     value to learn from, or two features would have one name
   * @throws org.lawu.error.FormatException if a cell is not what its column needs; the message
   *     names the file, the line and the column
   */
  public final FittedColumns fit(Table training) {
    if (training.size() == 0) {
      throw new ArgumentException("columns: there are no records to learn from");
    }
    List<FittedColumn> fitted =
        groups().stream().flatMap(group -> group.fitEach(training).stream()).toList();
    Set<String> names = new HashSet<>();
    for (FittedColumn column : fitted) {
      for (String name : column.featureNames()) {
        if (!names.add(name)) {
          throw new ArgumentException(
              "columns: two features would be named \"%s\"; name each column once".formatted(name));
        }
      }
    }
    return new FittedColumns(fitted);
  }

  /** The groups of columns that are treated alike. */
  List<Columns> groups() {
    return List.of(this);
  }

  /** Learns about each column of a group. */
  abstract List<FittedColumn> fitEach(Table training);
}
