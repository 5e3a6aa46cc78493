package org.lawu.data;

/**
 * One iteration over a pipeline with all that is random in it decided, so that whatever is read
 * ahead, or not read at all, changes nothing.
 */
@FunctionalInterface
interface Plan<T> {

  /** The pass of an iteration that does not repeat. */
  long FIRST = 0;

  /**
   * Begins a pass.
   *
   * @param pass tells this pass from others of the same iteration; the same pass gives the same
   *     records in the same order, another one other random numbers
   */
  Step<T> open(long pass);
}
