package org.lawu.internal.kernel;

import java.util.concurrent.ArrayBlockingQueue;

/**
 * Lends buffers for packed panels, so that a product of large matrices does not allocate (and zero)
 * megabytes each time. It keeps a bounded number of them of each size, whoever asks: a thread-local
 * buffer would live as long as its thread, and there can be thousands of virtual threads.
 */
public final class PanelPool {

  /** Two panels for each thread, and the partial sums of a gradient. */
  private static final int KEPT = 2 * Runtime.getRuntime().availableProcessors() + 10;

  /** The exponent of the smallest size; below, a new array costs less than the queue. */
  private static final int SMALLEST = 10;

  /** By the exponent of their size, less {@link #SMALLEST}. */
  private final ArrayBlockingQueue<float[]>[] buffers = queues();

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  private static ArrayBlockingQueue<float[]>[] queues() {
    ArrayBlockingQueue[] queues = new ArrayBlockingQueue[31 - SMALLEST];
    for (int i = 0; i < queues.length; i++) {
      queues[i] = new ArrayBlockingQueue<float[]>(KEPT);
    }
    return queues;
  }

  /** An array of at least {@code length} elements, with anything in it. */
  public float[] take(int length) {
    int exponent = Integer.SIZE - Integer.numberOfLeadingZeros(length - 1);
    if (length <= 1 << SMALLEST || exponent > 30) {
      return new float[length];
    }
    float[] buffer = buffers[exponent - SMALLEST].poll();
    return buffer == null ? new float[1 << exponent] : buffer;
  }

  /** Takes a buffer back; the caller must not touch it any more. */
  public void give(float[] buffer) {
    if (buffer.length > 1 << SMALLEST && Integer.bitCount(buffer.length) == 1) {
      buffers[Integer.numberOfTrailingZeros(buffer.length) - SMALLEST].offer(buffer);
    }
  }
}
