package org.lawu.benchmarks.comparison;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Looks for operations whose speed depends on what ran before them in the same process: the JIT
 * compiler learns from all of it, and what it learned from one may spoil the code of another. Each
 * process runs operations for a while, in an order of its own, then times each again; an operation
 * is slow by the factor between its greatest and its least time. Some processes run all of them,
 * which C2 then compiles one by one; others only a few, as small programs do, which it inlines into
 * one another.
 */
public final class OrderSweep {
  private static final int WITH_FEW = 32;
  private static final int PROCESSES = OrderedRun.WITH_ALL + WITH_FEW;
  private static final double SLOW = 1.5;

  private final Commands commands;

  /** For the project in a folder. */
  public OrderSweep(Path root) {
    commands = new Commands(root);
  }

  /** Starts processes and prints the operations that are slow in some. */
  public void run() throws IOException, InterruptedException {
    Map<String, List<Double>> times = new TreeMap<>();
    for (int process = 0; process < PROCESSES; process++) {
      read(commands.lawuOrder(process), times);
      System.err.println("process %d of %d is done".formatted(process + 1, PROCESSES));
    }
    report(times);
  }

  private static void read(ProcessBuilder command, Map<String, List<Double>> times)
      throws IOException, InterruptedException {
    Process process = command.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(
          "bench: order: a process failed: " + String.join(" ", command.command()));
    }
    for (String line : output.lines().toList()) {
      int space = line.indexOf(' ');
      times
          .computeIfAbsent(line.substring(0, space), _ -> new ArrayList<>())
          .add(Double.parseDouble(line.substring(space + 1)));
    }
  }

  private static void report(Map<String, List<Double>> times) {
    System.out.println("| operation | factor | microseconds in each process |");
    System.out.println("| --- | --- | --- |");
    int slow = 0;
    for (var entry : times.entrySet()) {
      double factor = Collections.max(entry.getValue()) / Collections.min(entry.getValue());
      if (factor >= SLOW) {
        slow++;
        System.out.println(
            String.format(Locale.ROOT, "| %s | %.1f | ", entry.getKey(), factor)
                + String.join(
                    ", ",
                    entry.getValue().stream()
                        .map(x -> String.format(Locale.ROOT, "%.1f", x))
                        .toList())
                + " |");
      }
    }
    System.out.println(
        String.format(
            Locale.ROOT,
            "%d of %d operations took %.1f times their least time in one of %d processes",
            slow,
            times.size(),
            SLOW,
            PROCESSES));
  }
}
