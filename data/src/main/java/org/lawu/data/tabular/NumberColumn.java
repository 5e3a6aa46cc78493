package org.lawu.data.tabular;

import java.util.List;
import org.lawu.data.Table;
import org.lawu.error.FormatException;
import org.lawu.io.Config;

/**
 * A column of numbers: {@code (f(x) - center) / scale}, where f is {@code ln(1 + x)} or nothing.
 *
 * @param fill what stands for a missing value; NaN if that is refused
 * @param indicator whether a feature tells that the value was missing
 */
record NumberColumn(
    String name, double fill, boolean indicator, boolean log, double center, double scale)
    implements FittedColumn {
  static final String KIND = "number";

  NumberColumn {
    if (Double.isInfinite(fill) || !Double.isFinite(center) || !(scale > 0 && scale < 1 / 0.0)) {
      throw new FormatException(
          "columns: the numbers of \"%s\" are too large: fill %s, center %s, scale %s"
              .formatted(name, fill, center, scale));
    }
  }

  NumberColumn scaled(Scaling.Scale learnt) {
    return new NumberColumn(name, fill, indicator, log, learnt.center(), learnt.scale());
  }

  @Override
  public List<String> featureNames() {
    return indicator ? List.of(name, name + " (missing)") : List.of(name);
  }

  @Override
  public void write(Table table, float[] to, int at, int stride) {
    double[] values = values(table);
    for (int i = 0; i < values.length; i++) {
      float feature = (float) values[i];
      if (Float.isInfinite(feature)) {
        throw table.fault(i, name, "the feature %s is too large for FLOAT32".formatted(values[i]));
      }
      to[at + i * stride] = feature;
    }
    if (indicator) {
      double[] cells = table.doubles(name);
      for (int i = 0; i < cells.length; i++) {
        to[at + 1 + i * stride] = Double.isNaN(cells[i]) ? 1 : 0;
      }
    }
  }

  /** The features of all records in double precision. */
  double[] values(Table table) {
    double[] values = table.doubles(name);
    for (int i = 0; i < values.length; i++) {
      double x = Double.isNaN(values[i]) ? fill : values[i];
      if (Double.isNaN(x)) {
        throw table.fault(
            i, name, "the value is missing; impute it, or use dropMissing or fillMissing first");
      }
      if (Double.isInfinite(x)) {
        throw table.fault(i, name, "the number is infinite; leave the cell empty instead");
      }
      if (log && x <= -1) {
        throw table.fault(i, name, "%s has no log1p; numbers must be above -1".formatted(x));
      }
      values[i] = ((log ? Math.log1p(x) : x) - center) / scale;
    }
    return values;
  }

  @Override
  public Config config() {
    return Config.of("kind", KIND)
        .with("name", name)
        .with("fill", fill)
        .with("indicator", indicator)
        .with("log1p", log)
        .with("center", center)
        .with("scale", scale);
  }

  static NumberColumn of(Config config) {
    return new NumberColumn(
        config.string("name"),
        config.number("fill"),
        config.truth("indicator"),
        config.truth("log1p"),
        config.number("center"),
        config.number("scale"));
  }
}
