package org.lawu.benchmarks.comparison;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lawu.benchmarks.workload.Workload;
import org.lawu.benchmarks.workload.Workloads;

/**
 * What the command line asks for.
 *
 * @param workloads in the order given, each once
 * @param threads the numbers of threads, one after the other
 * @param peers whom to compare with
 * @param json where to write lines of JSON, or null
 * @param rounds how often each library has its turn
 */
public record Options(
    List<Workload> workloads,
    List<Integer> threads,
    List<Peer> peers,
    @Nullable Path json,
    int rounds) {
  private static final int ROUNDS = 7;

  /** What {@code ./lawu bench --help} prints. */
  public static final String USAGE =
      """
      usage: ./lawu bench [--workloads a,b] [--threads 1,2] [--peers a,b] [--json FILE] [--rounds N]
             ./lawu bench jmh [JMH options]     benchmarks of single kernels; -h lists the options

        --workloads  names or patterns such as sgemm-* (default: all but mnist-epoch); --list shows them
        --threads    numbers of threads, one after the other (default 1,2)
        --peers      pytorch, tensorflow, onnxruntime, dl4j, netlib, or none (the default): they are
                     downloaded when first asked for, some hundred megabytes each, for Linux on x86-64
        --json       a file to write one line of JSON to for each workload, number of threads and peer
        --rounds     how often each library has its turn (default 7)
        --list       print the names of the workloads
      """;

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if they cannot be understood, with what to do
   */
  public static Options parse(List<String> arguments) {
    Set<Workload> workloads = new LinkedHashSet<>();
    Set<Integer> threads = new LinkedHashSet<>();
    Set<Peer> peers = new LinkedHashSet<>();
    Path json = null;
    int rounds = ROUNDS;
    for (int i = 0; i < arguments.size(); i += 2) {
      String option = arguments.get(i);
      if (!Set.of("--workloads", "--threads", "--peers", "--json", "--rounds").contains(option)) {
        throw new IllegalArgumentException(
            "bench: there is no option '%s'; see ./lawu bench --help".formatted(option));
      }
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(
            "bench: %s needs a value; see ./lawu bench --help".formatted(option));
      }
      String value = arguments.get(i + 1);
      switch (option) {
        case "--workloads" -> workloads.addAll(Workloads.listed(value));
        case "--threads" -> {
          for (String number : value.split(",", -1)) {
            threads.add(positive(option, number));
          }
        }
        case "--peers" -> {
          for (String name : value.split(",", -1)) {
            peers.addAll(Peer.named(name));
          }
        }
        case "--json" -> json = Path.of(value);
        default -> rounds = positive(option, value);
      }
    }
    return new Options(
        workloads.isEmpty() ? standard() : new ArrayList<>(workloads),
        threads.isEmpty() ? List.of(1, 2) : new ArrayList<>(threads),
        new ArrayList<>(peers),
        json,
        rounds);
  }

  private static List<Workload> standard() {
    return Workloads.all().stream().filter(w -> !(w instanceof Workload.MnistEpoch)).toList();
  }

  private static int positive(String option, String value) {
    try {
      int number = Integer.parseInt(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below, together with numbers out of range
    }
    throw new IllegalArgumentException(
        "bench: %s: '%s' is not a whole number from 1".formatted(option, value));
  }
}
