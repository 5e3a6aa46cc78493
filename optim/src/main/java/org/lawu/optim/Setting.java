package org.lawu.optim;

import org.lawu.error.ArgumentException;

/** Checks of what an optimizer is set to; each returns the value. */
final class Setting {
  private Setting() {}

  static double notNegative(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new ArgumentException(
          "%s: must be a finite number and not negative, got %s".formatted(name, value));
    }
    return value;
  }

  /** The part of a running mean that is kept: at 1 nothing new would enter. */
  static double decay(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new ArgumentException("%s: must be in [0, 1), got %s".formatted(name, value));
    }
    return value;
  }
}
