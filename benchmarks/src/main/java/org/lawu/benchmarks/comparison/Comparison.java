package org.lawu.benchmarks.comparison;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lawu.benchmarks.workload.Workload;

/**
 * Runs the workloads. Each library has a process that stays; they take turns of a fraction of a
 * second, one computing at a time, so that all meet the same state of the machine.
 */
public final class Comparison {
  private static final double WARM_UP = 2000;
  private static final double BLOCK = 400;

  /** Threads of OpenMP spin for this long after their work, and would disturb who is next. */
  private static final long PAUSE_AFTER_THREADS = 250;

  private static final long PAUSE = 20;

  /** How far what libraries compute may differ: dropout differs in each. */
  private static final double TOLERANCE = 0.05;

  private final Options options;
  private final Commands commands;
  private final ColdStarts coldStarts;
  private final List<Result> results = new ArrayList<>();

  /** With the folder of the project, in which the peers are built. */
  public Comparison(Options options, Path root) {
    this.options = options;
    this.commands = new Commands(root);
    this.coldStarts = new ColdStarts(commands, options.rounds());
  }

  /** Measures and prints. */
  public void run() throws IOException, InterruptedException {
    System.out.println(Environment.describe());
    for (int threads : options.threads()) {
      withThreads(threads);
    }
    results.forEach(result -> System.out.println(result.json()));
  }

  private void withThreads(int threads) throws IOException, InterruptedException {
    Map<Peer, WorkerProcess> peers = new LinkedHashMap<>();
    try (WorkerProcess lawu = WorkerProcess.start(commands.lawu(threads))) {
      System.out.println(lawu.name() + ": " + lawu.details());
      for (Peer peer : options.peers()) {
        if (options.workloads().stream().anyMatch(peer::takes)) {
          WorkerProcess process = WorkerProcess.start(commands.peer(peer, threads));
          peers.put(peer, process);
          System.out.println(process.name() + ": " + process.details());
        }
      }
      System.out.println(Result.head());
      for (Workload workload : options.workloads()) {
        List<Result> found =
            workload instanceof Workload.ColdStart
                ? coldStarts.compare(workload, threads, lawu, peers)
                : compare(workload, threads, lawu, peers);
        for (Result result : found) {
          System.out.println(result.row());
          write(result);
        }
        results.addAll(found);
      }
    } finally {
      peers.values().forEach(WorkerProcess::close);
    }
  }

  private List<Result> compare(
      Workload workload, int threads, WorkerProcess lawu, Map<Peer, WorkerProcess> peers)
      throws IOException, InterruptedException {
    // Lawu first, then the peers that know the workload.
    Map<WorkerProcess, List<Double>> times = new LinkedHashMap<>();
    Double expected = lawu.prepare(workload, WARM_UP);
    if (expected == null) {
      return List.of();
    }
    times.put(lawu, new ArrayList<>());
    for (Map.Entry<Peer, WorkerProcess> peer : peers.entrySet()) {
      if (!peer.getKey().takes(workload)) {
        continue;
      }
      Double check = peer.getValue().prepare(workload, WARM_UP);
      if (check != null) {
        warnUnlessClose(workload, peer.getValue(), expected, check);
        times.put(peer.getValue(), new ArrayList<>());
      }
    }
    for (int round = 0; round < options.rounds(); round++) {
      for (Map.Entry<WorkerProcess, List<Double>> turn : times.entrySet()) {
        Thread.sleep(threads == 1 ? PAUSE : PAUSE_AFTER_THREADS);
        turn.getValue().add(turn.getKey().measure(BLOCK));
      }
    }
    for (WorkerProcess process : times.keySet()) {
      process.drop();
    }
    Spread own = Spread.of(times.remove(lawu));
    Map<String, Spread> others = new LinkedHashMap<>();
    times.forEach((peer, measured) -> others.put(peer.name(), Spread.of(measured)));
    return Result.of(workload.name(), threads, own, others);
  }

  private static void warnUnlessClose(
      Workload workload, WorkerProcess peer, double expected, double check) {
    if (!(Math.abs(check - expected) <= TOLERANCE * Math.abs(expected))) {
      System.err.printf(
          "bench: %s: %s computes %.6g, lawu %.6g: not the same work%n",
          workload.name(), peer.name(), check, expected);
    }
  }

  private void write(Result result) throws IOException {
    if (options.json() != null) {
      try (var file =
          new PrintWriter(
              Files.newBufferedWriter(
                  options.json(),
                  StandardCharsets.UTF_8,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.APPEND))) {
        file.println(result.json());
      }
    }
  }
}
