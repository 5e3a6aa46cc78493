package org.lawu.benchmarks.lawu;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Workload;
import org.lawu.tensor.Tensor;

/**
 * What a training step allocates once it is warm, on all threads together, beside the size of its
 * activations: what the graph of one forward pass keeps alive until its gradients are computed.
 * Allocations are counted by the JVM; activations are the difference of the heap in use, after a
 * collection, with and without the loss.
 */
public final class StepMemory {
  private static final double KILOBYTE = 1 << 10;

  private static final long WARM_UP_NANOSECONDS = 6_000_000_000L;
  private static final long LONGEST_NANOSECONDS = 90_000_000_000L;
  private static final long ROUND_NANOSECONDS = 500_000_000L;
  private static final long COMPILATION_MILLISECONDS = 20;
  private static final int STEADY_ROUNDS = 6;
  private static final int LEAST_RUNS = 3;
  private static final int ROUNDS = 3;

  private static final CompilationMXBean COMPILATION = ManagementFactory.getCompilationMXBean();

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private StepMemory() {}

  /** Measures those of the workloads that are training steps and prints a table. */
  public static void run(List<Workload> workloads) throws IOException {
    System.out.println("| step | allocated, KB | activations, KB | part |");
    System.out.println("| --- | --- | --- | --- |");
    for (Workload workload : workloads) {
      if (Lawu.step(workload) instanceof Training step) {
        double allocated = allocated(step);
        double activations = activations(step);
        System.out.printf(
            Locale.ROOT,
            "| %s | %.1f | %.0f | %.2f %% |%n",
            workload.name(),
            allocated / KILOBYTE,
            activations / KILOBYTE,
            100 * allocated / activations);
      }
    }
  }

  /**
   * The mean of the round that allocated least, after which several allocated no less and saw the
   * JVM compile next to nothing: until it is done, vectors are objects, megabytes of them.
   */
  private static double allocated(Step step) {
    double least = Double.POSITIVE_INFINITY;
    long start = System.nanoTime();
    int steady = 0;
    for (long elapsed = 0;
        elapsed < LONGEST_NANOSECONDS && (elapsed < WARM_UP_NANOSECONDS || steady < STEADY_ROUNDS);
        elapsed = System.nanoTime() - start) {
      long compiling = COMPILATION.getTotalCompilationTime();
      double now = allocatedInRound(step);
      boolean compiled =
          COMPILATION.getTotalCompilationTime() - compiling > COMPILATION_MILLISECONDS;
      steady = compiled || now < 0.99 * least ? 0 : steady + 1;
      least = Math.min(least, now);
    }
    return least;
  }

  private static double allocatedInRound(Step step) {
    long before = THREADS.getTotalThreadAllocatedBytes();
    long start = System.nanoTime();
    int runs = 0;
    do {
      step.run();
      runs++;
    } while (runs < LEAST_RUNS || System.nanoTime() - start < ROUND_NANOSECONDS);
    return (double) (THREADS.getTotalThreadAllocatedBytes() - before) / runs;
  }

  /** In bytes. */
  static double activations(Training step) {
    long most = 0;
    for (int round = 0; round < ROUNDS; round++) {
      most = Math.max(most, retained(step));
    }
    return most;
  }

  private static long retained(Training step) {
    return aliveWithGraph(step) - alive();
  }

  private static long aliveWithGraph(Training step) {
    Tensor loss = step.forward();
    long alive = alive();
    if (Double.isNaN(loss.item())) {
      throw new IllegalStateException("the loss is not a number");
    }
    return alive;
  }

  private static long alive() {
    for (int i = 0; i < 2; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
