package org.lawu.internal.kernel;

import java.util.concurrent.ArrayBlockingQueue;

/**
 * Lends buffers for packed panels, so that a product of large matrices does not allocate (and zero)
 * megabytes each time. It keeps a bounded number of them, whoever asks: a thread-local buffer would
 * live as long as its thread, and there can be thousands of virtual threads.
 */
public final class PanelPool {

  private static final int KEPT = 2 * Runtime.getRuntime().availableProcessors() + 2;

  /** Below, a new array costs less than the queue. */
  private static final int SMALLEST = 1 << 12;

  private final ArrayBlockingQueue<float[]> buffers = new ArrayBlockingQueue<>(KEPT);

  /** An array of at least {@code length} elements, with anything in it. */
  public float[] take(int length) {
    if (length < SMALLEST) {
      return new float[length];
    }
    float[] buffer = buffers.poll();
    if (buffer != null && buffer.length >= length) {
      return buffer;
    }
    // A buffer that is too short is given up; sizes are rounded up so that this ends soon.
    return new float[Math.max(length, Integer.highestOneBit(length - 1) << 1)];
  }

  /** Takes a buffer back; the caller must not touch it any more. */
  public void give(float[] buffer) {
    if (buffer.length >= SMALLEST) {
      buffers.offer(buffer);
    }
  }
}
