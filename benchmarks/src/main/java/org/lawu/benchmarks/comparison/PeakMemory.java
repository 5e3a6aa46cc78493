package org.lawu.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lawu.benchmarks.workload.Workload;

/**
 * The most memory that a training step needs at a time, beside what PyTorch needs for the same:
 * weights, moments of Adam, gradients, activations, the batch and what kernels lay out, but not
 * what a JVM or a library needs to be there.
 *
 * <p>The two are measured in different ways, both in PyTorch's favour. PyTorch's is the peak of
 * resident memory with a C library that gives back at once what is freed, less what was resident
 * after the same step had run and was dropped: nothing that it keeps for later, and no fragments,
 * count. Lawu's is the smallest heap in which the step runs, less the smallest for a step on a tiny
 * matrix, found by filling the rest: arrays that it keeps for the next step count. Lawu has no
 * numbers outside of the heap.
 *
 * <p>Each measurement is a process of its own.
 */
public final class PeakMemory {
  private static final Path LINUX = Path.of("/proc/self/clear_refs");
  private static final double MEGABYTE = 1 << 20;
  private static final String HEAD =
      """
      | step | Lawu, MB | PyTorch, MB | ratio |
      | --- | --- | --- | --- |\
      """;

  /**
   * What was measured, in bytes.
   *
   * @param peer null if it was not measured
   */
  record Row(String workload, long lawu, @Nullable Long peer) {
    /** A line of the table. */
    @Override
    public String toString() {
      return peer == null
          ? "| %s | %s | | |".formatted(workload, megabytes(lawu))
          : "| %s | %s | %s | %s |"
              .formatted(
                  workload,
                  megabytes(lawu),
                  megabytes(peer),
                  String.format(Locale.ROOT, "%.2f", (double) lawu / peer));
    }

    private static String megabytes(long bytes) {
      return String.format(Locale.ROOT, "%.1f", bytes / MEGABYTE);
    }
  }

  private final Commands commands;
  private final int threads = Runtime.getRuntime().availableProcessors();

  /** With the folder of the project, in which PyTorch is built. */
  public PeakMemory(Path root) {
    this.commands = new Commands(root);
  }

  /** Measures the workloads and prints a table. */
  public void run(List<Workload> workloads) throws IOException {
    if (!Files.exists(LINUX)) {
      System.err.println(
          "bench: peak: PyTorch's peak is read from /proc, as Linux has it; there is none here");
      return;
    }
    System.out.println(HEAD);
    for (Workload workload : workloads) {
      Long lawu = peak(workload, commands.lawuPeak(threads));
      if (lawu != null) {
        Long peer = peak(workload, commands.peerPeak(Peer.PYTORCH, threads));
        System.out.println(new Row(workload.name(), lawu, peer));
      }
    }
  }

  private static @Nullable Long peak(Workload workload, ProcessBuilder command) throws IOException {
    try (WorkerProcess process = WorkerProcess.start(command)) {
      return process.peak(workload);
    }
  }
}
