package org.lawu.internal.parallel;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A caller and the daemon threads that help it. */
final class Workers {

  /**
   * Bound while the current thread works on a chunk: a range within a range stays on its thread.
   */
  private static final ScopedValue<Boolean> WORKING = ScopedValue.newInstance();

  /**
   * Nanoseconds in which a helper looks for another job before it goes to sleep. The ranges of a
   * training step follow one another more closely, and waking a helper takes up to 50 microseconds.
   */
  private static final long PATIENCE = 100_000;

  /** Nanoseconds between short ranges that are taken for some of many. */
  private static final long SOON = 20_000;

  private final int threads;
  private final @Nullable ForkJoinPool pool;

  /** The job that was shared last, for helpers that are awake; null when it is done. */
  private final AtomicReference<@Nullable Job> latest = new AtomicReference<>();

  /** When the last short range ended. */
  private volatile long lastShort = System.nanoTime() - SOON;

  /** The number of helpers that work, look for work or have been called. */
  private final AtomicInteger present = new AtomicInteger();

  Workers(int threads) {
    this.threads = threads;
    this.pool =
        threads == 1
            ? null
            : new ForkJoinPool(Math.min(threads - 1, 0x7fff), Workers::thread, null, true);
  }

  private static ForkJoinWorkerThread thread(ForkJoinPool pool) {
    ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
    thread.setName("lawu-worker-" + thread.getPoolIndex());
    return thread;
  }

  int threads() {
    return threads;
  }

  void range(int n, int grain, RangeBody body) {
    if (!runHere(n, grain, body)) {
      share(new Job(n, grain, threads, body), pool);
    }
  }

  /** Wakes helpers only if the last such range was a moment ago: there may be more of them. */
  void shortRange(int n, int grain, RangeBody body) {
    if (!runHere(n, grain, body)) {
      boolean oneOfMany = System.nanoTime() - lastShort < SOON;
      share(new Job(n, grain, threads, body), oneOfMany ? pool : null);
      lastShort = System.nanoTime();
    }
  }

  /** What cannot be divided, or is part of something that is. */
  private boolean runHere(int n, int grain, RangeBody body) {
    if (grain < 1) {
      throw new IllegalArgumentException("grain must be at least 1, is " + grain);
    }
    if (n <= grain) {
      if (n > 0) {
        body.run(0, n);
      }
      return true;
    }
    if (pool == null || WORKING.isBound()) {
      for (int from = 0; from < n; from += Math.min(grain, n - from)) {
        body.run(from, Math.min(grain, n - from) + from);
      }
      return true;
    }
    return false;
  }

  /**
   * The helpers take chunks from the job as they come, the caller from the first instant: a helper
   * that comes too late finds nothing left and nobody waits for it. Helpers that have just finished
   * another job are still looking, and need no call.
   */
  private void share(Job job, @Nullable ForkJoinPool wakingIn) {
    latest.set(job);
    if (wakingIn != null) {
      call(job.parts() - 1, wakingIn);
    }
    run(job, 0);
    job.await();
    // Do not keep the arrays of the job alive.
    latest.compareAndSet(job, null);
  }

  private void call(int helpers, ForkJoinPool pool) {
    for (int count = present.get(); count < helpers; count = present.get()) {
      if (present.compareAndSet(count, count + 1)) {
        pool.execute(this::help);
      }
    }
  }

  /** Works on the latest job and, for some time, on those that follow it. */
  private void help() {
    int thread = 1 + ((ForkJoinWorkerThread) Thread.currentThread()).getPoolIndex();
    Job done = null;
    for (boolean more = true; more; ) {
      try {
        done = workUntilIdle(thread, done);
      } finally {
        present.decrementAndGet();
      }
      // Whoever shared a job since the last look took this helper for present.
      more = other(done) != null;
      if (more) {
        present.incrementAndGet();
      }
    }
  }

  private @Nullable Job workUntilIdle(int thread, @Nullable Job last) {
    Job done = last;
    for (Job job = await(done); job != null; job = await(done)) {
      run(job, thread);
      done = job;
    }
    return done;
  }

  private @Nullable Job await(@Nullable Job done) {
    return Spin.await(() -> other(done), PATIENCE);
  }

  /** Another job than the one that is done, if one is shared. */
  private @Nullable Job other(@Nullable Job done) {
    Job job = latest.get();
    return job == done ? null : job;
  }

  private static void run(Job job, int thread) {
    ScopedValue.where(WORKING, true).run(() -> job.run(thread));
  }
}
