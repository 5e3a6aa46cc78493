package org.lawu.train.report;

import java.util.Locale;

/** Numbers as people read them, the same in every country. */
final class Numbers {
  private Numbers() {}

  /** Four decimals, one from 1,000 on, or four digits where those would hide or stretch it. */
  static String of(double value) {
    double size = Math.abs(value);
    if (!Double.isFinite(value) || size == 0 || (size >= 1e-3 && size < 1e3)) {
      return String.format(Locale.ROOT, "%.4f", value);
    }
    return String.format(Locale.ROOT, size >= 1e3 && size < 1e9 ? "%,.1f" : "%.3e", value);
  }

  /** {@code 60,000}. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** {@code 98.3 %}, and no rounding to certainty. */
  static String percent(double share) {
    if (share > 0.999 && share < 1) {
      return "> 99.9 %";
    }
    if (share > 0 && share < 0.001) {
      return "< 0.1 %";
    }
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** {@code 12.3 s} or {@code 5 min 12 s}. */
  static String seconds(double value) {
    long whole = Math.round(value);
    if (whole < 100) {
      return String.format(Locale.ROOT, "%.1f s", value);
    }
    return whole < 3600
        ? "%d min %d s".formatted(whole / 60, whole % 60)
        : "%d h %d min".formatted(whole / 3600, whole % 3600 / 60);
  }
}
