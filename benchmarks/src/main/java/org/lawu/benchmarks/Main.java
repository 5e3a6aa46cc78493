package org.lawu.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.lawu.benchmarks.comparison.Comparison;
import org.lawu.benchmarks.comparison.Options;
import org.lawu.benchmarks.comparison.OrderSweep;
import org.lawu.benchmarks.comparison.PeakMemory;
import org.lawu.benchmarks.kernel.CacheLines;
import org.lawu.benchmarks.kernel.ScalarComparison;
import org.lawu.benchmarks.kernel.SizeSweep;
import org.lawu.benchmarks.lawu.Scaling;
import org.lawu.benchmarks.lawu.StepMemory;
import org.lawu.benchmarks.workload.Workload;
import org.lawu.benchmarks.workload.Workloads;

/**
 * What {@code ./lawu bench} starts: the side-by-side comparison, after the word {@code jmh}
 * benchmarks of single kernels and steps, after {@code checkpoint} training with and without
 * gradient checkpointing, after {@code memory} what training steps allocate, after {@code peak} the
 * memory they need at a time, after {@code scaling} how they grow with their sizes, after {@code
 * sizes} the search for sizes at which a kernel is slow, after {@code order} that for operations
 * that others slow down, after {@code scalar} the scalar kernels beside those in force, and after
 * {@code sharing} what memory costs that another thread has touched.
 */
public final class Main {
  private Main() {}

  /** Runs what the arguments ask for. */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> arguments = Arrays.asList(args);
    switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
      case "jmh" -> org.openjdk.jmh.Main.main(Arrays.copyOfRange(args, 1, args.length));
      case "memory" -> measure(arguments, StepMemory::run);
      case "peak" -> measure(arguments, new PeakMemory(root())::run);
      case "order" -> new OrderSweep(root()).run();
      case "scalar" -> ScalarComparison.main(new String[0]);
      case "scaling" -> Scaling.main(new String[0]);
      case "sharing" -> CacheLines.main(new String[0]);
      case "sizes" -> SizeSweep.main(Arrays.copyOfRange(args, 1, args.length));
      case "checkpoint" -> new CheckpointComparison().run();
      case "--list" -> Workloads.all().stream().map(Workload::name).forEach(System.out::println);
      case "-h", "--help" -> System.out.print(Options.USAGE);
      default -> compare(arguments);
    }
  }

  /** Something that is measured of workloads. */
  @FunctionalInterface
  private interface Measurement {
    void of(List<Workload> workloads) throws IOException;
  }

  /** Of the workloads that follow the first argument. */
  private static void measure(List<String> arguments, Measurement measurement) throws IOException {
    List<Workload> workloads;
    try {
      workloads = Workloads.steps(arguments.subList(1, arguments.size()));
    } catch (IllegalArgumentException fault) {
      refuse(fault);
      return;
    }
    measurement.of(workloads);
  }

  private static void compare(List<String> arguments) throws IOException, InterruptedException {
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException fault) {
      refuse(fault);
      return;
    }
    new Comparison(options, root()).run();
  }

  private static void refuse(IllegalArgumentException fault) {
    System.err.println(fault.getMessage());
    System.exit(2);
  }

  private static Path root() {
    return Path.of(System.getProperty("lawu.root", "."));
  }
}
