package org.lawu.data.tabular;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lawu.data.LabelEncoder;
import org.lawu.data.Table;
import org.lawu.error.ArgumentException;

/**
 * Columns of categories that become a feature for each category, named as in {@code city=Paris}: 1
 * where the record is of it, else 0. The categories are those of the training data, in the order of
 * {@link LabelEncoder}; others are refused unless {@link #acceptUnknown} says otherwise.
 *
 * <pre>{@code
 * Columns.oneHot("city").imputeMostFrequent().rarerThan(10).acceptUnknown()
 * }</pre>
 */
public final class OneHotColumns extends Columns {
  // Set while a copy is made, and never again.
  private final List<String> names;
  private CategoryFill fill = CategoryFill.REFUSED;
  private boolean indicator;
  private boolean acceptUnknown;
  private int least = 1;

  OneHotColumns(List<String> names) {
    this.names = names;
  }

  private OneHotColumns with(Consumer<OneHotColumns> change) {
    var copy = new OneHotColumns(names);
    copy.fill = fill;
    copy.indicator = indicator;
    copy.acceptUnknown = acceptUnknown;
    copy.least = least;
    change.accept(copy);
    return copy;
  }

  /** With the most frequent category in place of missing ones; of several the first in order. */
  public OneHotColumns imputeMostFrequent() {
    return with(copy -> copy.fill = CategoryFill.MOST_FREQUENT);
  }

  /**
   * With a category in place of missing ones, which may be one of its own such as {@code unknown}.
   *
   * @throws ArgumentException if it is the empty text
   */
  public OneHotColumns impute(String category) {
    var constant = CategoryFill.constant(category);
    return with(copy -> copy.fill = constant);
  }

  /**
   * With one more feature for each column, named as in {@code city (missing)}: 1 where the value
   * was missing, else 0.
   */
  public OneHotColumns missingIndicator() {
    return with(copy -> copy.indicator = true);
  }

  /**
   * Takes a category that the training data did not have: all its features are 0, or, where rare
   * categories are put together, it is one of those.
   */
  public OneHotColumns acceptUnknown() {
    return with(copy -> copy.acceptUnknown = true);
  }

  /**
   * Puts together, in one feature named as in {@code city (rare)}, all categories that fewer
   * training records have.
   *
   * @throws ArgumentException if it is below 2
   */
  public OneHotColumns rarerThan(int records) {
    if (records < 2) {
      throw new ArgumentException(
          "rarerThan: the number of records must be at least 2, got " + records);
    }
    return with(copy -> copy.least = records);
  }

  @Override
  List<FittedColumn> fitEach(Table training) {
    return names.stream().map(name -> fit(name, training)).toList();
  }

  private FittedColumn fit(String name, Table training) {
    String learnt = fill.learn(training, name);
    List<String> present = Categories.of(training, name, learnt);
    Map<String, Long> counts =
        present.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    Map<Boolean, List<String>> rare =
        LabelEncoder.fit(present).classes().stream()
            .collect(
                Collectors.partitioningBy(category -> counts.getOrDefault(category, 0L) < least));
    return new OneHotColumn(
        name,
        rare.getOrDefault(false, List.of()),
        rare.getOrDefault(true, List.of()),
        learnt,
        indicator,
        acceptUnknown);
  }
}
