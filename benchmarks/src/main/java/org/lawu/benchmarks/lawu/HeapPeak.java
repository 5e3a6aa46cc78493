package org.lawu.benchmarks.lawu;

import java.io.IOException;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import org.lawu.benchmarks.workload.Step;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;

/**
 * How much less room on the heap a step can do with, found by filling the rest.
 *
 * <p>How high the heap of a JVM rises depends on when its collector runs, so it tells nothing of
 * what a step needs. What tells is the smallest heap in which it runs; but heaps come in sizes of
 * megabytes, and each try would need a JVM of its own. So the heap stays as it is, and ballast
 * fills it: a step's peak is how much less ballast fits beside it than beside a step on a tiny
 * matrix. What fits is found by halving; the time that the collector takes does not count, for it
 * says more about what else the machine is doing.
 */
final class HeapPeak {
  private static final int RUNS = 10;
  private static final long WARM_UP_NANOSECONDS = 3_000_000_000L;

  private static final int BLOCK = 1 << 20;

  private static final long FINEST = 1 << 16;
  private static final int FINENESS = 100;
  private static final long MARGIN = 16 << 20;

  /** Makes a step anew. */
  @FunctionalInterface
  interface Preparation {
    Step prepare() throws IOException;
  }

  private HeapPeak() {}

  /** In bytes, to 64 KB or 1 %, whichever is more. */
  static long of(Preparation preparation) throws IOException {
    long without = least(HeapPeak::idle);
    return least(preparation) - without;
  }

  private static Step idle() {
    var weight = new Parameter("weight", Tensor.ones(8, 8));
    Tensor x = Tensor.ones(8, 8);
    return new Training(() -> x.matmul(weight.value()).mean());
  }

  /** The least room in which the step runs: what the ballast leaves. */
  private static long least(Preparation preparation) throws IOException {
    long used = used(preparation.prepare());
    long tooLittle = used / 2;
    long enough = 2 * used + MARGIN;
    if (!fits(preparation, Runtime.getRuntime().maxMemory() - enough)) {
      throw new IllegalStateException("peak: the step needs more than twice what it keeps");
    }
    long fine = Math.max(FINEST, used / FINENESS);
    while (enough - tooLittle > fine) {
      long middle = (tooLittle + enough) / 2;
      if (fits(preparation, Runtime.getRuntime().maxMemory() - middle)) {
        enough = middle;
      } else {
        tooLittle = middle;
      }
    }
    return enough;
  }

  /** What is alive between steps once the JIT compiler is about done. */
  private static long used(Step step) {
    long start = System.nanoTime();
    for (int run = 0; run < RUNS || System.nanoTime() - start < WARM_UP_NANOSECONDS; run++) {
      step.run();
    }
    try {
      System.gc();
      return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    } finally {
      Reference.reachabilityFence(step);
    }
  }

  private static boolean fits(Preparation preparation, long ballast) throws IOException {
    List<byte[]> blocks = new ArrayList<>();
    try {
      for (long left = ballast; left > 0; left -= BLOCK) {
        blocks.add(new byte[(int) Math.min(left, BLOCK)]);
      }
      Step step = preparation.prepare();
      for (int run = 0; run < RUNS; run++) {
        step.run();
      }
      return true;
    } catch (OutOfMemoryError e) {
      return false;
    } finally {
      Reference.reachabilityFence(blocks);
    }
  }
}
