package org.lawu.benchmarks.comparison;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.lawu.benchmarks.workload.Workload;

/** Another process that runs one library and is told what to do, see {@code Worker}. */
final class WorkerProcess implements AutoCloseable {
  private static final int NAME_WORDS = 2;

  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter commands;
  private final String name;
  private final String details;

  private WorkerProcess(Process process) throws IOException {
    this.process = process;
    answers = process.inputReader(StandardCharsets.UTF_8);
    commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    String[] hello = expect("library", answer()).split(" \\| ", NAME_WORDS);
    name = hello[0];
    details = hello[1];
  }

  /** Starts one; what it writes to its standard error goes to ours. */
  static WorkerProcess start(ProcessBuilder command) throws IOException {
    return new WorkerProcess(command.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** The library with its version, as in tables. */
  String name() {
    return name;
  }

  /** Versions and settings. */
  String details() {
    return details;
  }

  /** Prepares a workload and gives its check; null if the library has it not or fails. */
  @Nullable Double prepare(Workload workload, double warmUpMilliseconds) throws IOException {
    String answer = ask("prepare " + workload.name() + " " + warmUpMilliseconds);
    if (answer.startsWith("failed")) {
      System.err.printf("bench: %s: %s: %s%n", workload.name(), name, answer);
      return null;
    }
    return answer.equals("unsupported") ? null : Double.valueOf(expect("prepared", answer));
  }

  /** Runs for a time and gives the mean milliseconds of a run. */
  double measure(double milliseconds) throws IOException {
    String measured = expect("measured", ask("measure " + milliseconds));
    return Double.parseDouble(measured.substring(0, measured.indexOf(' ')));
  }

  /** The peak of memory of a step, in bytes; null if the library has it not or fails. */
  @Nullable Long peak(Workload workload) throws IOException {
    String answer = ask("peak " + workload.name());
    if (answer.startsWith("failed")) {
      System.err.printf("bench: %s: %s: %s%n", workload.name(), name, answer);
      return null;
    }
    return answer.equals("unsupported") ? null : Long.valueOf(expect("peak", answer));
  }

  /** Has a model written to a file; false if the library starts no process of its own for it. */
  boolean writeModel(Path file) throws IOException {
    String answer = ask("model " + file);
    if (answer.startsWith("failed")) {
      throw new IOException(answer);
    }
    return answer.equals("written");
  }

  /** Gives back the memory of the workload. */
  void drop() throws IOException {
    ask("drop");
  }

  private String ask(String command) throws IOException {
    commands.println(command);
    return answer();
  }

  private String answer() throws IOException {
    while (true) {
      String line = answers.readLine();
      if (line == null) {
        throw new IOException("the benchmark's process ended: " + process.info().commandLine());
      }
      if (line.startsWith("@")) {
        return line.substring(1);
      }
      System.err.println(line);
    }
  }

  private String expect(String word, String answer) throws IOException {
    if (!answer.startsWith(word + " ")) {
      throw new IOException(answer);
    }
    return answer.substring(word.length() + 1);
  }

  @Override
  public void close() {
    commands.close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroy();
    }
  }
}
