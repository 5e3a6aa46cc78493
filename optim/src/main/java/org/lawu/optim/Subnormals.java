package org.lawu.optim;

/**
 * Keeps running means away from subnormal numbers. A mean that only decays, as that of a weight
 * whose input has become zero, ends among them and stays: 0.9 times the smallest float rounds to
 * the smallest float. Arithmetic there is many times slower, and the JVM has no flush-to-zero mode.
 */
final class Subnormals {
  /**
   * Sums below it are multiples of 2^-114, far enough from 2^-126, where subnormals begin, for a
   * product with a usual learning rate.
   */
  private static final float THRESHOLD = 0x1p-90f;

  private Subnormals() {}

  /** Numbers below about 1e-34 as zero, those above about 1e-20 as they are; without a branch. */
  static float flush(float x) {
    return (x + THRESHOLD) - THRESHOLD;
  }
}
