package org.lawu.nn.layer;

import org.lawu.error.ArgumentException;

/** Checks of the settings that layers share. */
final class Setting {
  private Setting() {}

  /** The number, which must be at least 1. */
  static int positive(String layer, String what, int number) {
    if (number < 1) {
      throw new ArgumentException(
          "%s: %s must be at least 1, got %d".formatted(layer, what, number));
    }
    return number;
  }
}
