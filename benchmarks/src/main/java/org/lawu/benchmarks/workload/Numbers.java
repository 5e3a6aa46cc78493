package org.lawu.benchmarks.workload;

import java.util.SplittableRandom;

/** Operands, the same in every library. */
public final class Numbers {
  private Numbers() {}

  /** Uniform in {@code [-1, 1)}. */
  public static float[] symmetric(long seed, int count) {
    return uniform(seed, count, -1, 1);
  }

  /** Uniform in {@code [low, high)}. */
  public static float[] uniform(long seed, int count, double low, double high) {
    var random = new SplittableRandom(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextDouble(low, high);
    }
    return numbers;
  }

  /** Whole numbers in {@code 0..bound-1}. */
  public static int[] whole(long seed, int count, int bound) {
    return new SplittableRandom(seed).ints(count, 0, bound).toArray();
  }

  /** The mean of {@code |x|}, for {@link Step#check()}. */
  public static double meanMagnitude(float[] x) {
    double sum = 0;
    for (float v : x) {
      sum += Math.abs(v);
    }
    return sum / x.length;
  }
}
