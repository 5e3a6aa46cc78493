package org.lawu.internal.kernel;

import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lends buffers for packed panels, so that a product of large matrices does not allocate (and zero)
 * megabytes each time. It keeps a bounded number of them of each size, whoever asks: a thread-local
 * buffer would live as long as its thread, and there can be thousands of virtual threads.
 */
public final class PanelPool {

  /** Two panels for each thread, and the partial sums of a gradient. */
  private static final int KEPT = 2 * Runtime.getRuntime().availableProcessors() + 10;

  /** The exponent of the smallest size; below, a new array costs less. */
  private static final int SMALLEST = 7;

  /** What buffers have beyond a power of two, for who begins at {@link #LINE}. */
  private static final int MORE = 16;

  /**
   * The element that begins a cache line in a buffer of {@link #takeAligned}: numbers begin 16
   * bytes into an array. In other buffers it is as good as any.
   */
  public static final int LINE = 12;

  /** A buffer and the thread that worked with it. */
  private record Idle(float[] buffer, long thread) {}

  /** By the exponent of their size, less {@link #SMALLEST}. */
  private final List<ArrayDeque<Idle>> buffers =
      Stream.generate(ArrayDeque<Idle>::new).limit(31 - SMALLEST).toList();

  /** Read when the first aligned buffer is asked for, since it takes the management classes. */
  private static final class Region {

    /**
     * Elements of an array that has regions of its own. G1 gives them to one of half a region, and
     * makes some two thousand regions, of 1 to 32 MB, of the largest heap. Other garbage collectors
     * align no array.
     */
    private static final int HALF = "false".equals(HotSpotFlag.value("UseG1GC")) ? 0 : half();

    private static int half() {
      long region = Math.clamp(Runtime.getRuntime().maxMemory() / 2048, 1 << 20, 32 << 20);
      return Integer.highestOneBit((int) region - 1) / Float.BYTES;
    }
  }

  /** An array of at least {@code length} elements, with anything in it. */
  public float[] take(int length) {
    int exponent = Integer.SIZE - Integer.numberOfLeadingZeros(length - MORE - 1);
    if (length <= 1 << SMALLEST || exponent > 30) {
      return new float[length];
    }
    var kept = buffers.get(exponent - SMALLEST);
    @Nullable Idle idle;
    synchronized (kept) {
      idle = poll(kept);
    }
    return idle == null ? new float[(1 << exponent) + MORE] : idle.buffer;
  }

  /** The last one that this thread worked with, or that any did. */
  private static @Nullable Idle poll(ArrayDeque<Idle> kept) {
    long thread = Thread.currentThread().threadId();
    for (var all = kept.descendingIterator(); all.hasNext(); ) {
      Idle idle = all.next();
      if (idle.thread == thread) {
        all.remove();
        return idle;
      }
    }
    return kept.pollLast();
  }

  /**
   * The same, of which the element {@link #LINE} begins a cache line if the garbage collector is
   * G1. Reading a vector that crosses from one line to the next takes twice as long, which is a
   * tenth of a product.
   */
  public float[] takeAligned(int length) {
    return take(length == 0 ? 0 : Math.max(length, Region.HALF));
  }

  /**
   * Takes a buffer back, to lend it next, to this thread if it asks: what another core has read
   * takes it long to write. The caller must not touch it any more.
   */
  public void give(float[] buffer) {
    give(buffer, Thread.currentThread().threadId());
  }

  /** The same for the thread of this number, which worked with it. */
  public void give(float[] buffer, long thread) {
    int size = buffer.length - MORE;
    if (size >= 1 << SMALLEST && Integer.bitCount(size) == 1) {
      var kept = buffers.get(Integer.numberOfTrailingZeros(size) - SMALLEST);
      synchronized (kept) {
        if (kept.size() < KEPT) {
          kept.addLast(new Idle(buffer, thread));
        }
      }
    }
  }
}
