package org.lawu.optim.schedule;

import org.lawu.error.ArgumentException;

/** Checks of what a schedule is set to and asked for. */
final class Setting {
  private Setting() {}

  static void step(int step) {
    if (step < 0) {
      throw new ArgumentException("schedule: steps count from 0, got " + step);
    }
  }

  static void rate(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new ArgumentException(
          "%s: must be a finite number and not negative, got %s".formatted(name, value));
    }
  }

  static void positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new ArgumentException("%s: must be positive and finite, got %s".formatted(name, value));
    }
  }

  static void fraction(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new ArgumentException("%s: must be in 0 to 1, got %s".formatted(name, value));
    }
  }

  static void count(String name, int value) {
    if (value < 1) {
      throw new ArgumentException("%s: must be at least 1, got %d".formatted(name, value));
    }
  }
}
