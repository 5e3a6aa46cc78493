package org.lawu.benchmarks.workload;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The process of one library: obeys lines on its standard input and answers each with one line that
 * begins with the sign {@code @}, since native libraries may print there too.
 *
 * <pre>
 * the command            is answered, after the sign, by
 *
 *                        library NAME | DETAILS       once, at the start
 * prepare NAME MILLIS    prepared CHECK               made, checked and warmed up
 *                        unsupported
 * measure MILLIS         measured MEAN_MILLIS RUNS
 * drop                   dropped
 * peak NAME              peak BYTES, or unsupported
 * model FILE             written, or unsupported
 * </pre>
 *
 * What goes wrong is answered by {@code failed MESSAGE}. The end of the input ends the process.
 */
public final class Worker {
  private final Library library;
  private @Nullable Step step;
  private @Nullable Timer timer;

  private Worker(Library library) {
    this.library = library;
  }

  /** Obeys until the input ends. */
  public static void serve(Library library) throws IOException {
    var answers =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    var worker = new Worker(library);
    answers.println("@library " + library.name() + " | " + library.details());
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      answers.println("@" + worker.obey(line.strip().split(" ", -1)));
    }
    answers.flush();
    // Threads of native libraries may keep the process alive.
    Runtime.getRuntime().halt(0);
  }

  private String obey(String[] words) {
    try {
      return switch (words[0]) {
        case "prepare" -> prepare(words[1], Double.parseDouble(words[2]));
        case "measure" -> measure(Double.parseDouble(words[1]));
        case "drop" -> drop();
        case "peak" -> peak(words[1]);
        case "model" -> library.writeModel(Path.of(words[1])) ? "written" : "unsupported";
        default -> "failed no such command: " + words[0];
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "failed " + e;
    } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
      e.printStackTrace();
      drop();
      return "failed " + String.valueOf(e).lines().findFirst().orElse("");
    }
  }

  private String prepare(String name, double milliseconds) throws IOException {
    drop();
    Step prepared = library.prepare(Workloads.matching(name).getFirst());
    if (prepared == null) {
      return "unsupported";
    }
    step = prepared;
    double check = prepared.check();
    timer = new Timer(prepared);
    timer.warmUp(milliseconds);
    return String.format(Locale.ROOT, "prepared %.9g", check);
  }

  private String measure(double milliseconds) {
    if (timer == null) {
      return "failed nothing is prepared";
    }
    timer.refresh();
    Timer.Block block = timer.measure(milliseconds);
    return String.format(Locale.ROOT, "measured %.9g %d", block.mean(), block.runs());
  }

  private String peak(String name) throws IOException, InterruptedException {
    drop();
    Long peak = library.peak(Workloads.matching(name).getFirst());
    return peak == null ? "unsupported" : "peak " + peak;
  }

  private String drop() {
    if (step != null) {
      step.close();
    }
    step = null;
    timer = null;
    System.gc();
    return "dropped";
  }
}
