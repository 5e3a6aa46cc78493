package org.lawu.data.tabular;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lawu.data.Table;
import org.lawu.io.Config;

/**
 * A column of categories: a feature for each, one for all that are rare, and one for missing.
 *
 * @param rare the categories that share a feature; none if there is no such feature
 * @param fill what stands for a missing category; null if that is refused
 */
record OneHotColumn(
    String name,
    List<String> categories,
    List<String> rare,
    @Nullable String fill,
    boolean indicator,
    boolean acceptUnknown)
    implements FittedColumn {
  static final String KIND = "oneHot";

  OneHotColumn {
    Categories.distinct(name, Stream.concat(categories.stream(), rare.stream()).toList());
  }

  @Override
  public List<String> featureNames() {
    List<String> names = new ArrayList<>();
    categories.forEach(category -> names.add(name + "=" + category));
    if (!rare.isEmpty()) {
      names.add(name + " (rare)");
    }
    if (indicator) {
      names.add(name + " (missing)");
    }
    return names;
  }

  @Override
  public void write(Table table, float[] to, int at, int stride) {
    Map<String, Integer> positions = new HashMap<>();
    categories.forEach(category -> positions.put(category, positions.size()));
    rare.forEach(category -> positions.put(category, categories.size()));
    List<String> values = Categories.of(table, name, fill);
    for (int i = 0; i < values.size(); i++) {
      Integer position = positions.get(values.get(i));
      if (position == null && !acceptUnknown) {
        throw Categories.unknown(
            table, i, name, values.get(i), categories, "use acceptUnknown, or more training data");
      }
      if (position != null) {
        to[at + position + i * stride] = 1;
      } else if (!rare.isEmpty()) {
        to[at + categories.size() + i * stride] = 1;
      }
    }
    if (indicator) {
      List<String> cells = table.strings(name);
      int position = at + featureNames().size() - 1;
      for (int i = 0; i < cells.size(); i++) {
        to[position + i * stride] = cells.get(i).isEmpty() ? 1 : 0;
      }
    }
  }

  @Override
  public Config config() {
    Config config =
        Config.of("kind", KIND)
            .with("name", name)
            .withStrings("categories", categories)
            .withStrings("rare", rare)
            .with("indicator", indicator)
            .with("acceptUnknown", acceptUnknown);
    return Categories.withFill(config, fill);
  }

  static OneHotColumn of(Config config) {
    return new OneHotColumn(
        config.string("name"),
        config.strings("categories"),
        config.strings("rare"),
        Categories.fill(config),
        config.truth("indicator"),
        config.truth("acceptUnknown"));
  }
}
