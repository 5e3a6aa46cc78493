package org.lawu.internal.parallel;

import org.jspecify.annotations.Nullable;
import org.lawu.error.LawuException;

/**
 * Divides loops among threads. This is the only place of the library that knows threads: their
 * number comes from the system property {@code lawu.threads} (default: the processors there are).
 *
 * <p>A loop is cut into chunks of a fixed size, never by the number of threads, and a chunk always
 * sees the same bounds; so what a chunk computes, down to the last bit, does not depend on how many
 * threads there are.
 */
public final class Parallel {

  /** The system property that sets the number of threads. */
  public static final String THREADS_PROPERTY = "lawu.threads";

  /**
   * A chunk of this many elements of a cheap elementwise loop is worth handing to another thread:
   * it takes about as long as waking one (5 to 10 microseconds).
   */
  public static final int ELEMENTS = 1 << 15;

  private static final Workers WORKERS =
      new Workers(parseThreads(System.getProperty(THREADS_PROPERTY)));

  private Parallel() {}

  /** How many threads a loop may use, the caller's included. */
  public static int threads() {
    return WORKERS.threads();
  }

  /**
   * Runs {@code body} over {@code 0..n-1} in chunks of {@code grain} indices (the last may be
   * smaller) and returns when all are done. One chunk, one thread or a call from within another
   * range: the chunks run here, in order. What the body throws is thrown here, and chunks not yet
   * begun are skipped.
   */
  public static void range(int n, int grain, RangeBody body) {
    WORKERS.range(n, grain, body);
  }

  /**
   * The same for a few microseconds of work, less than waking a thread takes: those that are awake,
   * having just worked on another range, take part.
   */
  public static void shortRange(int n, int grain, RangeBody body) {
    WORKERS.shortRange(n, grain, body);
  }

  /** The number of threads that the property asks for. */
  static int parseThreads(@Nullable String value) {
    if (value == null || value.isBlank()) {
      return Runtime.getRuntime().availableProcessors();
    }
    try {
      int threads = Integer.parseInt(value.strip());
      if (threads >= 1) {
        return threads;
      }
    } catch (NumberFormatException e) {
      // reported below, together with numbers out of range
    }
    throw new LawuException(
        THREADS_PROPERTY
            + ": not a number of threads: '"
            + value
            + "'; give a whole number from 1, such as -Dlawu.threads=4");
  }
}
