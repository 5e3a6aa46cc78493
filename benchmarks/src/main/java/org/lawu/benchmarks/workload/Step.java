package org.lawu.benchmarks.workload;

/** A workload that is ready to run. */
public interface Step extends AutoCloseable {

  /** After so many steps, a fault in a gradient or in the optimizer shows in the loss. */
  int STEPS = 3;

  /** Does the work once. */
  void run();

  /**
   * Does the work and gives a number that is the same in every library, but for rounding and
   * dropout: the loss after {@link #STEPS} training steps, else the mean magnitude of the result.
   * Called before the first {@link #run()}.
   */
  double check();

  /** Gives back what is not on the heap. */
  @Override
  default void close() {}
}
