package org.lawu.internal.parallel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** One range: its chunks are handed out by a counter to whoever runs this, until none is left. */
final class Job implements Runnable {

  /** How often to look before going to sleep: a few microseconds, less than a wake-up takes. */
  private static final int SPINS = 1 << 9;

  private final int n;
  private final int grain;
  private final int chunks;
  private final RangeBody body;
  private final Thread caller = Thread.currentThread();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger remaining;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  Job(int n, int grain, RangeBody body) {
    this.n = n;
    this.grain = grain;
    this.body = body;
    this.chunks = (n - 1) / grain + 1;
    this.remaining = new AtomicInteger(chunks);
  }

  int chunks() {
    return chunks;
  }

  @Override
  public void run() {
    // The first test keeps the counter from running away when many helpers come late.
    while (next.get() < chunks) {
      int chunk = next.getAndIncrement();
      if (chunk >= chunks) {
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

  /** Waits for the chunks that others still work on, and throws what any of them threw. */
  void await() {
    boolean interrupted = false;
    for (int spins = 0; remaining.get() > 0; spins++) {
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
        // The arrays are being written to: there is no leaving before the end.
        interrupted |= Thread.interrupted();
      }
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
