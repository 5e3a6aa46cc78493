package org.lawu.data.tabular;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lawu.data.Table;
import org.lawu.error.FormatException;
import org.lawu.io.Config;

/** What columns of categories have in common. */
final class Categories {
  /** So many are named in a message. */
  private static final int SHOWN = 10;

  private Categories() {}

  /** The categories of all records, missing ones filled in. */
  static List<String> of(Table table, String name, @Nullable String fill) {
    List<String> categories = new ArrayList<>(table.strings(name));
    for (int i = 0; i < categories.size(); i++) {
      if (categories.get(i).isEmpty()) {
        if (fill == null) {
          throw table.fault(
              i, name, "the value is missing; impute it, or use dropMissing or fillMissing first");
        }
        categories.set(i, fill);
      }
    }
    return categories;
  }

  static FormatException unknown(
      Table table, int record, String name, String category, List<String> known, String remedy) {
    String shown =
        known.size() <= SHOWN
            ? known.toString()
            : "%s and %d more".formatted(known.subList(0, SHOWN), known.size() - SHOWN);
    return table.fault(
        record,
        name,
        "\"%s\" is not among the categories %s; %s".formatted(category, shown, remedy));
  }

  static Config withFill(Config config, @Nullable String fill) {
    return fill == null ? config : config.with("fill", fill);
  }

  static @Nullable String fill(Config config) {
    return config.has("fill") ? config.string("fill") : null;
  }

  static List<String> distinct(String name, List<String> categories) {
    if (new HashSet<>(categories).size() != categories.size()) {
      throw new FormatException(
          "columns: the categories of \"%s\" must differ, got %s".formatted(name, categories));
    }
    return categories;
  }
}
