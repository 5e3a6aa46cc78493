package org.lawu.train.metric;

import java.util.Locale;

/**
 * How a measure of single classes becomes one number; scikit-learn's {@code average}. Classes that
 * are neither true nor predicted anywhere count for nothing.
 */
public enum Average {
  /** That of class 1 of two, the yes of a yes-or-no question. */
  BINARY,
  /** Over all decisions together, so that frequent classes weigh more. */
  MICRO,
  /** The mean over the classes, each weighing the same. */
  MACRO,
  /** The mean over the classes, each weighing as many rows as it has. */
  WEIGHTED;

  /** What the name of a metric ends in: nothing, {@code _micro}, {@code _macro}, ... */
  String suffix() {
    return this == BINARY ? "" : "_" + name().toLowerCase(Locale.ROOT);
  }
}
