package org.lawu.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * One iteration over a {@link Pipeline}. It ends by itself with the last record or a fault, and
 * gives up its files and threads when it is no longer referred to; who leaves early and does not
 * want to wait for that calls {@link #close}.
 *
 * <p>For one thread at a time.
 *
 * @param <T> the records
 */
public final class Cursor<T> implements Iterator<T>, AutoCloseable {
  private final Step<T> source;
  private @Nullable Item<T> item;
  private @Nullable RuntimeException fault;
  private boolean ended;
  private long waited;

  Cursor(Step<T> source) {
    this.source = source;
  }

  /**
   * Whether there is another record, which is read to find out.
   *
   * @throws org.lawu.error.LawuException if a record is at fault, with the file and the number of
   *     the record; so does every later call
   * @throws java.io.UncheckedIOException if a file cannot be read
   */
  @Override
  public boolean hasNext() {
    if (fault != null) {
      throw fault;
    }
    if (item == null && !ended) {
      long start = System.nanoTime();
      item = read();
      waited += System.nanoTime() - start;
    }
    return item != null;
  }

  private @Nullable Item<T> read() {
    try {
      Item<T> next = source.next();
      if (next == null) {
        close();
      }
      return next;
    } catch (RuntimeException thrown) {
      fault = thrown;
      ended = true;
      try (source) {
        throw thrown;
      }
    }
  }

  /**
   * The next record.
   *
   * @throws NoSuchElementException if there is none
   * @throws org.lawu.error.LawuException as {@link #hasNext} does
   */
  @Override
  public T next() {
    if (!hasNext() || item == null) {
      throw new NoSuchElementException("the epoch has ended; ask for a new iterator");
    }
    T value = item.value();
    item = null;
    return value;
  }

  /**
   * The nanoseconds that this iteration has spent in {@link #hasNext} and {@link #next} so far:
   * what a training waits for its data.
   */
  public long waited() {
    return waited;
  }

  /** Ends the iteration, its files and its threads. */
  @Override
  public void close() {
    ended = true;
    item = null;
    source.close();
  }
}
