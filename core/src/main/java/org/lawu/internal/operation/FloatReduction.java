package org.lawu.internal.operation;

import org.lawu.internal.array.NdArray;
import org.lawu.internal.kernel.KernelProvider;
import org.lawu.internal.kernel.Kernels;
import org.lawu.internal.kernel.ReduceFunction;
import org.lawu.internal.parallel.Parallel;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;

/**
 * Divides FLOAT32 reductions among threads. Blocks have a fixed size and are combined in a fixed
 * order, so the bits of a sum do not depend on the number of threads.
 */
final class FloatReduction {
  /** Elements of one block of a long reduction; also the least work worth a thread. */
  private static final int BLOCK = 1 << 15;

  private FloatReduction() {}

  /** Reduces the middle axis of a contiguous {@code outer x n x inner} array. */
  static void reduce(
      ReduceFunction function, float[] x, int at, int outer, int n, int inner, float[] out) {
    var kernels = KernelProvider.kernels();
    int block = Math.max(1, BLOCK / inner);
    if (outer == 1 && n > 2 * block) {
      reduceInBlocks(kernels, function, x, at, n, inner, block, out);
      return;
    }
    Parallel.range(
        outer,
        Math.max(1, BLOCK / Math.max(1, n * inner)),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            reduceOne(kernels, function, x, at + i * n * inner, n, inner, out, i * inner);
          }
        });
  }

  private static void reduceInBlocks(
      Kernels kernels,
      ReduceFunction function,
      float[] x,
      int at,
      int n,
      int inner,
      int block,
      float[] out) {
    int blocks = (n + block - 1) / block;
    float[] partial = NdArray.allocate(DType.FLOAT32, Shape.of(blocks, inner)).floats();
    Parallel.range(
        blocks,
        1,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int start = i * block;
            int length = Math.min(block, n - start);
            reduceOne(kernels, function, x, at + start * inner, length, inner, partial, i * inner);
          }
        });
    reduceOne(kernels, function, partial, 0, blocks, inner, out, 0);
  }

  private static void reduceOne(
      Kernels kernels,
      ReduceFunction function,
      float[] x,
      int at,
      int n,
      int inner,
      float[] out,
      int outAt) {
    if (inner == 1) {
      out[outAt] = kernels.reduce(function, x, at, n);
    } else {
      kernels.reduceRows(function, x, at, n, inner, out, outAt);
    }
  }
}
