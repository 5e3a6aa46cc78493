package org.lawu.benchmarks.workload;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The peak of resident memory while a step runs, of a library that keeps its numbers outside of the
 * Java heap.
 *
 * <p>The step is run and dropped before, so that what the library loads and makes once (code,
 * threads, compiled kernels) is resident already and does not count. That supposes a process whose
 * C library gives freed memory back at once and whose Java heap is touched in advance.
 */
final class ResidentPeak {
  private static final int RUNS = 20;
  private static final int SETTLING_ROUNDS = 4;
  private static final long SETTLING_MILLISECONDS = 100;

  private ResidentPeak() {}

  /** In bytes; null if the library does not do this workload. */
  static @Nullable Long of(Library library, Workload workload)
      throws IOException, InterruptedException {
    if (!runOnce(library, workload)) {
      return null;
    }
    settle();
    long before = ResidentMemory.read().now();
    try (Step step = library.prepare(workload)) {
      if (step == null) {
        return null;
      }
      step.run();
      settle();
      ResidentMemory.reset();
      for (int run = 0; run < RUNS; run++) {
        step.run();
      }
      return ResidentMemory.read().most() - before;
    }
  }

  private static boolean runOnce(Library library, Workload workload) throws IOException {
    try (Step step = library.prepare(workload)) {
      if (step != null) {
        double _ = step.check();
      }
      return step != null;
    }
  }

  /** Has native memory freed that belongs to Java objects nobody can reach. */
  private static void settle() throws InterruptedException {
    for (int round = 0; round < SETTLING_ROUNDS; round++) {
      System.gc();
      Thread.sleep(SETTLING_MILLISECONDS);
    }
  }
}
