package org.lawu.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lawu.benchmarks.workload.Workload;

/**
 * Times whole processes from their start until they print a prediction, with the JVM's default
 * options. Each program runs once before, so that its files are in memory.
 */
final class ColdStarts {
  private static final String PREDICTED = "@predicted ";
  private static final double MILLION = 1e6;

  private final Commands commands;
  private final int rounds;

  ColdStarts(Commands commands, int rounds) {
    this.commands = commands;
    this.rounds = rounds;
  }

  List<Result> compare(
      Workload workload, int threads, WorkerProcess lawu, Map<Peer, WorkerProcess> peers)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("lawu-bench");
    try {
      ProcessBuilder own = commands.lawuColdStart(threads, model(folder, lawu));
      Map<WorkerProcess, ProcessBuilder> programs = new LinkedHashMap<>();
      programs.put(lawu, own);
      for (Map.Entry<Peer, WorkerProcess> peer : peers.entrySet()) {
        Path model = folder.resolve(peer.getValue().name());
        if (peer.getKey().takes(workload) && peer.getValue().writeModel(model)) {
          programs.put(peer.getValue(), commands.peerColdStart(peer.getKey(), threads, model));
        }
      }
      return results(workload, threads, lawu, times(programs));
    } finally {
      delete(folder);
    }
  }

  private static Path model(Path folder, WorkerProcess worker) throws IOException {
    Path model = folder.resolve(worker.name());
    worker.writeModel(model);
    return model;
  }

  private Map<WorkerProcess, List<Double>> times(Map<WorkerProcess, ProcessBuilder> programs)
      throws IOException, InterruptedException {
    Map<WorkerProcess, List<Double>> times = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      for (Map.Entry<WorkerProcess, ProcessBuilder> program : programs.entrySet()) {
        double time = time(program.getValue());
        if (round > 0) {
          times.computeIfAbsent(program.getKey(), _ -> new ArrayList<>()).add(time);
        }
      }
    }
    return times;
  }

  private static List<Result> results(
      Workload workload, int threads, WorkerProcess lawu, Map<WorkerProcess, List<Double>> times) {
    Spread own = Spread.of(times.remove(lawu));
    Map<String, Spread> others = new LinkedHashMap<>();
    times.forEach((peer, measured) -> others.put(peer.name(), Spread.of(measured)));
    return Result.of(workload.name(), threads, own, others);
  }

  /** Milliseconds until the prediction is there. */
  private static double time(ProcessBuilder program) throws IOException, InterruptedException {
    program.redirectError(ProcessBuilder.Redirect.DISCARD);
    long start = System.nanoTime();
    Process process = program.start();
    double time = Double.NaN;
    try (var output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(PREDICTED)) {
          time = (System.nanoTime() - start) / MILLION;
        }
      }
    }
    if (process.waitFor() != 0 || Double.isNaN(time)) {
      throw new IOException("bench: the process failed: " + String.join(" ", program.command()));
    }
    return time;
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (var listed = Files.walk(folder)) {
      files = new ArrayList<>(listed.toList());
    }
    for (Path file : files.reversed()) {
      Files.delete(file);
    }
  }
}
