package org.lawu.train.callback;

import org.lawu.error.ArgumentException;

/** Checks of settings. */
final class Setting {
  private Setting() {}

  static int atLeast(int least, String operation, String name, int value) {
    if (value < least) {
      throw new ArgumentException(
          "%s: %s must be at least %d, got %d".formatted(operation, name, least, value));
    }
    return value;
  }

  static double notNegative(String operation, String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new ArgumentException(
          "%s: %s must be finite and not negative, got %s".formatted(operation, name, value));
    }
    return value;
  }
}
