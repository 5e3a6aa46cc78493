package org.lawu.benchmarks.workload;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/** Runs a step again and again and looks at the clock. */
final class Timer {
  private static final double MILLION = 1e6;

  /** The clock is read once for so much work, so that reading it costs nothing. */
  private static final double SAMPLE_MILLISECONDS = 0.1;

  private static final double WARM_UP_BLOCK_MILLISECONDS = 400;
  private static final long COMPILATION_MILLISECONDS = 20;
  private static final int LEAST_WARM_UP_RUNS = 10;
  private static final double REFRESH_MILLISECONDS = 30;
  private static final double LONGEST_WARM_UP_MILLISECONDS = 15_000;

  private final CompilationMXBean compilation = ManagementFactory.getCompilationMXBean();
  private final Step step;
  private int repetitions = 1;

  Timer(Step step) {
    this.step = step;
  }

  /**
   * Runs for at least a time and ten times, and on until two blocks in a row were neither faster
   * nor saw the JVM compile.
   */
  void warmUp(double milliseconds) {
    long start = System.nanoTime();
    int runs = 0;
    double best = Double.POSITIVE_INFINITY;
    int steadyBlocks = 0;
    while (true) {
      long compiling = compilation.getTotalCompilationTime();
      Block block = measure(WARM_UP_BLOCK_MILLISECONDS);
      runs += block.runs();
      repetitions = (int) Math.max(1, Math.min(10_000, SAMPLE_MILLISECONDS / block.mean()));
      boolean compiled =
          compilation.getTotalCompilationTime() - compiling > COMPILATION_MILLISECONDS;
      steadyBlocks = compiled || block.mean() < 0.97 * best ? 0 : steadyBlocks + 1;
      best = Math.min(best, block.mean());
      double elapsed = (System.nanoTime() - start) / MILLION;
      boolean stable = runs >= LEAST_WARM_UP_RUNS && steadyBlocks >= 2;
      if (elapsed >= LONGEST_WARM_UP_MILLISECONDS || (elapsed >= milliseconds && stable)) {
        return;
      }
    }
  }

  /**
   * Runs for a time, at least once.
   *
   * @param mean milliseconds of a run, garbage collection included
   */
  record Block(double mean, int runs) {}

  Block measure(double milliseconds) {
    long start = System.nanoTime();
    int runs = 0;
    double elapsed;
    do {
      for (int i = 0; i < repetitions; i++) {
        step.run();
      }
      runs += repetitions;
      elapsed = (System.nanoTime() - start) / MILLION;
    } while (elapsed < milliseconds);
    return new Block(elapsed / runs, runs);
  }

  /** Wakes threads and refills caches after a pause. */
  void refresh() {
    measure(REFRESH_MILLISECONDS);
  }
}
