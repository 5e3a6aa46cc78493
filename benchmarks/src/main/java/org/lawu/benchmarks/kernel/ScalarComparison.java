package org.lawu.benchmarks.kernel;

import java.util.Arrays;
import java.util.Locale;
import org.lawu.internal.kernel.KernelProvider;
import org.lawu.internal.kernel.Kernels;
import org.lawu.internal.kernel.Matrix;
import org.lawu.internal.kernel.ScalarKernels;
import org.lawu.internal.parallel.Parallel;

/**
 * How much slower the scalar kernels are than those in force: the product of two matrices of 1024 x
 * 1024, by turns. A round compares the best of three.
 */
public final class ScalarComparison {
  private static final int SIZE = 1024;
  private static final int WARM_UP = 4;
  private static final int ROUNDS = 11;
  private static final int TRIES = 3;
  private static final double MILLION = 1e6;

  private final Matrix a = new Matrix(KernelChoice.numbers(SIZE * SIZE), 0, SIZE, 1);
  private final Matrix b = new Matrix(KernelChoice.numbers(SIZE * SIZE), 0, SIZE, 1);
  private final Matrix c = new Matrix(new float[SIZE * SIZE], 0, SIZE, 1);

  private ScalarComparison() {}

  /** Prints the ratio of every round's times: the median, the least and the greatest. */
  public static void main(String[] args) {
    new ScalarComparison().run();
  }

  private void run() {
    Kernels scalar = new ScalarKernels();
    Kernels kernels = KernelProvider.kernels();
    double[] ratios = new double[ROUNDS];
    double slow = Double.POSITIVE_INFINITY;
    double fast = Double.POSITIVE_INFINITY;
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      double s = milliseconds(scalar);
      double v = milliseconds(kernels);
      if (round >= 0) {
        ratios[round] = s / v;
        slow = Math.min(slow, s);
        fast = Math.min(fast, v);
      }
    }
    Arrays.sort(ratios);
    System.out.printf(
        Locale.ROOT,
        "sgemm-%d, %d threads: scalar %.1f ms, %s %.1f ms at best; ratio %.2f (%.2f to %.2f)%n",
        SIZE,
        Parallel.threads(),
        slow,
        kernels.name(),
        fast,
        ratios[ROUNDS / 2],
        ratios[0],
        ratios[ROUNDS - 1]);
  }

  private double milliseconds(Kernels kernels) {
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < TRIES; i++) {
      long start = System.nanoTime();
      kernels.gemm(SIZE, SIZE, SIZE, a, b, c, false);
      best = Math.min(best, (System.nanoTime() - start) / MILLION);
    }
    return best;
  }
}
