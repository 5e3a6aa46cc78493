package org.lawu.benchmarks.workload;

import java.util.Arrays;

/**
 * What parameters begin with, by their names, the same in every library: those of norms 1 and 0 as
 * usual, biases uniform to 0.05, all others uniform to {@code 1/sqrt(inputs)}, where the inputs are
 * all axes but the first.
 */
public final class Weights {
  private Weights() {}

  /** The values of a parameter, such as {@code 0.linear1.weight} of shape {@code [1536, 384]}. */
  public static float[] of(String name, int... sizes) {
    int count = 1;
    for (int size : sizes) {
      count *= size;
    }
    if (name.contains("norm") || name.contains("running_")) {
      float[] values = new float[count];
      if (name.endsWith("weight") || name.endsWith("running_var")) {
        Arrays.fill(values, 1);
      }
      return values;
    }
    double bound = sizes.length < 2 ? 0.05 : Math.sqrt(sizes[0] / (double) count);
    return Numbers.uniform(name.hashCode(), count, -bound, bound);
  }
}
