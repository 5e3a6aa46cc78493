package org.lawu.benchmarks.workload;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A library that does workloads. */
public interface Library {

  /** The name in tables, with the version: {@code pytorch-2.10-mkl}. */
  String name();

  /** What else matters for speed, such as versions of what it stands on. */
  String details();

  /**
   * Makes operands and models; null if the library cannot do this or nobody would do it with it.
   */
  @Nullable Step prepare(Workload workload) throws IOException;

  /**
   * The most memory that a step of a workload needs at a time, in bytes, without what the library
   * itself needs; null as with {@link #prepare}.
   */
  default @Nullable Long peak(Workload workload) throws IOException, InterruptedException {
    return ResidentPeak.of(this, workload);
  }

  /**
   * Writes the network of {@link Workload.ColdStart} to a file that the library's program for it
   * reads; false if there is no such program.
   */
  default boolean writeModel(Path file) throws IOException {
    return false;
  }
}
