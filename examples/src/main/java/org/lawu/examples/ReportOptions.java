package org.lawu.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lawu.train.report.Report;
import picocli.CommandLine.Option;

/** Whether and where to write a report of the run. */
final class ReportOptions {
  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description = "Where to write a page about the run.")
  private @Nullable Path file;

  /** Makes the report if one is asked for, and writes it. */
  void write(Supplier<Report> report) throws IOException {
    if (file != null) {
      report.get().write(file);
      System.out.println("wrote " + file);
    }
  }
}
