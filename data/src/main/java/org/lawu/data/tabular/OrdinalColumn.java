package org.lawu.data.tabular;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lawu.data.Table;
import org.lawu.io.Config;

/**
 * A column of categories: one feature, the number of the category.
 *
 * @param fill what stands for a missing category; null if that is refused
 */
record OrdinalColumn(
    String name, List<String> categories, @Nullable String fill, boolean acceptUnknown)
    implements FittedColumn {
  static final String KIND = "ordinal";
  private static final int UNKNOWN = -1;

  OrdinalColumn {
    Categories.distinct(name, categories);
  }

  @Override
  public List<String> featureNames() {
    return List.of(name);
  }

  @Override
  public void write(Table table, float[] to, int at, int stride) {
    Map<String, Integer> numbers = new HashMap<>();
    categories.forEach(category -> numbers.put(category, numbers.size()));
    List<String> values = Categories.of(table, name, fill);
    for (int i = 0; i < values.size(); i++) {
      int number = numbers.getOrDefault(values.get(i), UNKNOWN);
      if (number == UNKNOWN && !acceptUnknown) {
        throw Categories.unknown(
            table,
            i,
            name,
            values.get(i),
            categories,
            "use acceptUnknown, or name it in the order");
      }
      to[at + i * stride] = number;
    }
  }

  @Override
  public Config config() {
    Config config =
        Config.of("kind", KIND)
            .with("name", name)
            .withStrings("categories", categories)
            .with("acceptUnknown", acceptUnknown);
    return Categories.withFill(config, fill);
  }

  static OrdinalColumn of(Config config) {
    return new OrdinalColumn(
        config.string("name"),
        config.strings("categories"),
        Categories.fill(config),
        config.truth("acceptUnknown"));
  }
}
