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
   * How often a helper looks for another job before it goes to sleep: some 30 microseconds. Waking
   * it takes about as long, and the ranges of a training step follow one another more closely.
   */
  private static final int SPINS = 1 << 10;

  private final int threads;
  private final @Nullable ForkJoinPool pool;

  /** The job that was shared last, for helpers that are awake; null when it is done. */
  private final AtomicReference<@Nullable Job> latest = new AtomicReference<>();

  /** The number of helpers that look for another job. */
  private final AtomicInteger awake = new AtomicInteger();

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
    if (grain < 1) {
      throw new IllegalArgumentException("grain must be at least 1, is " + grain);
    }
    if (n <= grain) {
      if (n > 0) {
        body.run(0, n);
      }
    } else if (pool == null || WORKING.isBound()) {
      for (int from = 0; from < n; from += Math.min(grain, n - from)) {
        body.run(from, Math.min(grain, n - from) + from);
      }
    } else {
      share(new Job(n, grain, threads, body), pool);
    }
  }

  /**
   * The helpers take chunks from the job as they wake up, the caller from the first instant: a
   * helper that comes too late finds nothing left and nobody waits for it. Helpers that have just
   * finished another job are still awake, and need no wake-up.
   */
  private void share(Job job, ForkJoinPool pool) {
    latest.set(job);
    for (int i = awake.get(); i < job.parts() - 1; i++) {
      pool.execute(() -> help(job));
    }
    run(job, 0);
    job.await();
    // Do not keep the arrays of the job alive.
    latest.compareAndSet(job, null);
  }

  /** Works on a job and, for some time, on those that follow it. */
  private void help(Job first) {
    int thread = 1 + ((ForkJoinWorkerThread) Thread.currentThread()).getPoolIndex();
    run(first, thread);
    awake.incrementAndGet();
    Job done = first;
    for (int spins = 0; spins < SPINS; spins++) {
      Job job = latest.get();
      if (job != null && job != done) {
        awake.decrementAndGet();
        run(job, thread);
        awake.incrementAndGet();
        done = job;
        spins = 0;
      } else {
        Thread.onSpinWait();
      }
    }
    awake.decrementAndGet();
  }

  private static void run(Job job, int thread) {
    ScopedValue.where(WORKING, true).run(() -> job.run(thread));
  }
}
