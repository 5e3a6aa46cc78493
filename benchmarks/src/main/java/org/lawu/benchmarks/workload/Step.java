package org.lawu.benchmarks.workload;

/** A workload that is ready to run. */
public interface Step extends AutoCloseable {

  /** Does the work once. */
  void run();

  /**
   * Does the work once and gives a number that is the same in every library, but for rounding and
   * dropout: of a training step the loss before the step, else the mean magnitude of the result.
   * Called before the first {@link #run()}.
   */
  double check();

  /** Gives back what is not on the heap. */
  @Override
  default void close() {}
}
