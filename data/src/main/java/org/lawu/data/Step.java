package org.lawu.data;

import org.jspecify.annotations.Nullable;

/**
 * One stage of a pipeline in one pass over the data. It reads when it is asked to and not before;
 * one thread at a time uses it.
 */
interface Step<T> extends AutoCloseable {

  /** The next record; null when there are no more, which is then so for every later call. */
  @Nullable Item<T> next();

  /** Gives up files and threads, those of the stages before included; more than once is no harm. */
  @Override
  void close();
}
