package org.lawu.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.lawu.testkit.ReferenceResult.Failed;
import org.lawu.testkit.ReferenceResult.NotCovered;

/** Runs the reference cases in a folder, each by the handler of its kind. */
public final class ReferenceRunner {
  private static final String SUFFIX = ".safetensors";

  /** The kinds that there are; a case of one without a handler is not covered. */
  private static final Set<String> KINDS =
      Set.of("op", "layer", "loss", "optimizer", "schedule", "training");

  private final Map<String, ReferenceHandler> handlers;

  /** A runner with handlers by kind: {@code op}, {@code layer} and so on. */
  public ReferenceRunner(Map<String, ReferenceHandler> handlers) {
    this.handlers = Map.copyOf(handlers);
  }

  /**
   * Runs every safetensors file in a folder, in the order of their names. A file that cannot be
   * read, or describes no case of a known kind, is a failure.
   *
   * @param lines takes a line for each failure, and one that sums up
   * @throws IOException if the folder cannot be listed
   */
  public ReferenceSummary run(Path folder, Consumer<String> lines) throws IOException {
    Map<String, ReferenceResult> results = new TreeMap<>();
    for (Path file : files(folder)) {
      ReferenceResult result = run(file);
      results.put(nameOf(file), result);
      if (result instanceof Failed failed) {
        lines.accept("FAILED " + nameOf(file) + ": " + failed.message());
      }
    }
    var summary = new ReferenceSummary(results);
    lines.accept(summary.toString());
    return summary;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.filter(file -> nameOf(file).endsWith(SUFFIX)).sorted().toList();
    }
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** Runs the case in one file. */
  public ReferenceResult run(Path file) {
    try {
      return run(ReferenceCase.read(file));
    } catch (NoSuchFileException missing) {
      return new Failed(file + ": no such file");
    } catch (IOException unreadable) {
      return new Failed(unreadable.toString());
    } catch (RuntimeException fault) {
      return new Failed(fault.getMessage() == null ? fault.toString() : fault.getMessage());
    }
  }

  private ReferenceResult run(ReferenceCase reference) {
    ReferenceHandler handler = handlers.get(reference.kind());
    if (handler != null) {
      return handler.run(reference);
    }
    return KINDS.contains(reference.kind())
        ? new NotCovered("no cases of kind " + reference.kind())
        : new Failed("unknown kind " + reference.kind());
  }
}
