package org.lawu.data.tabular;

import org.jspecify.annotations.Nullable;
import org.lawu.data.Table;
import org.lawu.error.ArgumentException;

/** What stands for a missing category: nothing, a text, or the most frequent one. */
record CategoryFill(@Nullable String constant, boolean mostFrequent) {
  static final CategoryFill REFUSED = new CategoryFill(null, false);
  static final CategoryFill MOST_FREQUENT = new CategoryFill(null, true);

  static CategoryFill constant(String category) {
    if (category.isEmpty()) {
      throw new ArgumentException(
          "impute: the category must not be empty, which means that it is missing");
    }
    return new CategoryFill(category, false);
  }

  /** Null where a missing category is refused. */
  @Nullable String learn(Table training, String name) {
    if (!mostFrequent) {
      return constant;
    }
    var present = training.strings(name).stream().filter(category -> !category.isEmpty()).toList();
    if (present.isEmpty()) {
      throw new ArgumentException(
          "columns: \"%s\" holds no category to learn from; drop it".formatted(name));
    }
    return Statistics.mostFrequent(present.stream());
  }
}
