package org.lawu.internal.parallel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * One range. Each thread has a part of its chunks, which follow one another, and takes from the
 * parts of others what is left when it has done its own. The same thread has the same part in the
 * next range over arrays of the same size, and so finds in its cache what it left there.
 */
final class Job {

  /**
   * Nanoseconds in which the caller does not go to sleep: most chunks take less. Whoever has to
   * wake it keeps it waiting for long, and then has nothing to do until it falls asleep itself.
   */
  private static final long PATIENCE = 200_000;

  /** Counters this far apart are not in one cache line. */
  private static final int STRIDE = 32;

  private final int n;
  private final int grain;
  private final int chunks;
  private final int parts;
  private final RangeBody body;
  private final Thread caller = Thread.currentThread();
  private final AtomicIntegerArray next;
  private final AtomicInteger remaining;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** Work for so many threads, the caller included. */
  Job(int n, int grain, int threads, RangeBody body) {
    this.n = n;
    this.grain = grain;
    this.body = body;
    this.chunks = (n - 1) / grain + 1;
    this.parts = Math.min(threads, chunks);
    this.remaining = new AtomicInteger(chunks);
    this.next = new AtomicIntegerArray(parts * STRIDE);
    for (int part = 0; part < parts; part++) {
      next.set(part * STRIDE, first(part));
    }
  }

  /** The number of threads that have a part of their own. */
  int parts() {
    return parts;
  }

  private int first(int part) {
    return (int) ((long) chunks * part / parts);
  }

  /** Runs chunks until none is left to begin, those of the thread's own part first. */
  void run(int thread) {
    for (int i = 0; i < parts; i++) {
      runPart((thread + i) % parts);
    }
  }

  private void runPart(int part) {
    int end = first(part + 1);
    int counter = part * STRIDE;
    // The first test keeps the counter from running away when many helpers come late.
    while (next.get(counter) < end) {
      int chunk = next.getAndIncrement(counter);
      if (chunk >= end) {
        return;
      }
      if (failure.get() == null) {
        runChunk(chunk);
      }
      if (remaining.decrementAndGet() == 0 && !Thread.currentThread().equals(caller)) {
        LockSupport.unpark(caller);
      }
    }
  }

  private void runChunk(int chunk) {
    int from = chunk * grain;
    try {
      body.run(from, from + Math.min(grain, n - from));
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    }
  }

  private boolean isDone() {
    return remaining.get() == 0;
  }

  /** Waits for the chunks that others still work on, and throws what any of them threw. */
  void await() {
    Spin.await(() -> isDone() ? this : null, PATIENCE);
    boolean interrupted = false;
    while (!isDone()) {
      LockSupport.park(this);
      // The arrays are being written to: there is no leaving before the end.
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    switch (failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }
}
