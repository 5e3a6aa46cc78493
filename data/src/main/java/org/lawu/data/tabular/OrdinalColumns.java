package org.lawu.data.tabular;

import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import org.lawu.data.LabelEncoder;
import org.lawu.data.Table;
import org.lawu.error.ArgumentException;

/**
 * Columns of categories that become one feature, the number of the category from 0 on. The
 * categories are those of the training data in the order of {@link LabelEncoder}, or those that
 * {@link #order} names; others are refused unless {@link #acceptUnknown} says otherwise.
 *
 * <pre>{@code
 * Columns.ordinal("size").order("small", "medium", "large") // 0, 1, 2
 * }</pre>
 */
public final class OrdinalColumns extends Columns {
  // Set while a copy is made, and never again.
  private final List<String> names;
  private List<String> order = List.of();
  private CategoryFill fill = CategoryFill.REFUSED;
  private boolean acceptUnknown;

  OrdinalColumns(List<String> names) {
    this.names = names;
  }

  private OrdinalColumns with(Consumer<OrdinalColumns> change) {
    var copy = new OrdinalColumns(names);
    copy.order = order;
    copy.fill = fill;
    copy.acceptUnknown = acceptUnknown;
    change.accept(copy);
    return copy;
  }

  /**
   * With all categories in a given order; the training data need not have each.
   *
   * @throws ArgumentException if two are equal
   */
  public OrdinalColumns order(String... categories) {
    List<String> given = List.of(categories);
    if (new HashSet<>(given).size() != given.size()) {
      throw new ArgumentException("order: the categories must differ, got %s".formatted(given));
    }
    return with(copy -> copy.order = given);
  }

  /** With the most frequent category in place of missing ones; of several the first in order. */
  public OrdinalColumns imputeMostFrequent() {
    return with(copy -> copy.fill = CategoryFill.MOST_FREQUENT);
  }

  /**
   * With a category in place of missing ones.
   *
   * @throws ArgumentException if it is the empty text
   */
  public OrdinalColumns impute(String category) {
    var constant = CategoryFill.constant(category);
    return with(copy -> copy.fill = constant);
  }

  /** Takes a category that is not known: its number is -1. */
  public OrdinalColumns acceptUnknown() {
    return with(copy -> copy.acceptUnknown = true);
  }

  @Override
  List<FittedColumn> fitEach(Table training) {
    return names.stream().map(name -> fit(name, training)).toList();
  }

  private FittedColumn fit(String name, Table training) {
    String learnt = fill.learn(training, name);
    List<String> present = Categories.of(training, name, learnt);
    List<String> categories = order.isEmpty() ? LabelEncoder.fit(present).classes() : order;
    var fitted = new OrdinalColumn(name, categories, learnt, acceptUnknown);
    fitted.write(training, new float[training.size()], 0, 1); // refuses categories out of order
    return fitted;
  }
}
