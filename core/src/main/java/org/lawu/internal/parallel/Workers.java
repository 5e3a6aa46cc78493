package org.lawu.internal.parallel;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/** A caller and the daemon threads that help it. */
final class Workers {

  /**
   * Bound while the current thread works on a chunk: a range within a range stays on its thread.
   */
  private static final ScopedValue<Boolean> WORKING = ScopedValue.newInstance();

  private final int threads;
  private final @Nullable ForkJoinPool pool;

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
      share(new Job(n, grain, body), pool);
    }
  }

  /**
   * The helpers take chunks from the job as they wake up, the caller from the first instant: a
   * helper that comes too late finds nothing left and nobody waits for it.
   */
  private void share(Job job, ForkJoinPool pool) {
    Runnable work = () -> ScopedValue.where(WORKING, true).run(job);
    int helpers = Math.min(threads, job.chunks()) - 1;
    for (int i = 0; i < helpers; i++) {
      pool.execute(work);
    }
    work.run();
    job.await();
  }
}
