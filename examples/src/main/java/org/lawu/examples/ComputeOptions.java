package org.lawu.examples;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the arithmetic is done. */
final class ComputeOptions {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with (default: the processors).")
  private @Nullable Integer threads;

  @Option(
      names = "--kernels",
      paramLabel = "auto|vector|scalar",
      description = "Kernels to compute with (default: vector where possible).")
  private @Nullable String kernels;

  /** Sets the properties that Lawu reads when its first kernel runs; call it before. */
  void apply() {
    if (threads != null) {
      System.setProperty("lawu.threads", Integer.toString(threads));
    }
    if (kernels != null) {
      System.setProperty("lawu.kernels", kernels);
    }
  }
}
