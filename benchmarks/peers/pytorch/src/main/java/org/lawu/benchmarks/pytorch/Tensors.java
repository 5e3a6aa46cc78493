package org.lawu.benchmarks.pytorch;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.lawu.benchmarks.workload.Numbers;
import org.lawu.benchmarks.workload.Weights;

/** Tensors with the numbers that all libraries use. */
final class Tensors {
  private Tensors() {}

  /**
   * A function of a tensor that is let go of then, as Python does with what has no name: its memory
   * is free unless gradients need it.
   */
  static Tensor then(Tensor used, UnaryOperator<Tensor> function) {
    try (used) {
      return function.apply(used);
    }
  }

  static Tensor of(float[] numbers, long... sizes) {
    return Tensor.create(numbers, sizes).clone();
  }

  static Tensor symmetric(long seed, long... sizes) {
    return of(Numbers.symmetric(seed, count(sizes)), sizes);
  }

  /** Pixels: uniform from 0 to 1. */
  static Tensor images(long seed, long... sizes) {
    return of(Numbers.uniform(seed, count(sizes), 0, 1), sizes);
  }

  /** Classes, or tokens. */
  static Tensor whole(long seed, int bound, long... sizes) {
    int[] narrow = Numbers.whole(seed, count(sizes), bound);
    long[] wide = new long[narrow.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = narrow[i];
    }
    return Tensor.create(wide, sizes).clone();
  }

  /** What a parameter begins with. */
  static Tensor weight(String name, long... sizes) {
    int[] narrow = new int[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      narrow[i] = (int) sizes[i];
    }
    return of(Weights.of(name, narrow), sizes);
  }

  private static int count(long... sizes) {
    int count = 1;
    for (long size : sizes) {
      count *= (int) size;
    }
    return count;
  }
}
