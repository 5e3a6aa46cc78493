package org.lawu.data;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lawu.error.LawuException;

/**
 * What a function makes of several records at a time, in their order. Two records for each thread
 * are under way, so that a slow one does not leave the other threads without work.
 */
final class ParallelMapStep<T, R> implements Step<R> {
  private static final int RECORDS_PER_THREAD = 2;

  private final Step<T> source;
  private final int records;
  private final Function<? super T, ? extends R> function;
  private final ExecutorService threads;
  private final Deque<Future<Item<R>>> underWay = new ArrayDeque<>();
  private boolean ended;

  ParallelMapStep(Step<T> source, int threads, Function<? super T, ? extends R> function) {
    this.source = source;
    this.records = RECORDS_PER_THREAD * threads;
    this.function = function;
    this.threads = pool(threads);
  }

  /** Threads that end when they have had nothing to do for a second, so nobody must end them. */
  private static ExecutorService pool(int threads) {
    ThreadFactory factory = Thread.ofPlatform().daemon().name("lawu-map-", 0).factory();
    var pool =
        new ThreadPoolExecutor(
            threads, threads, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  @Override
  public @Nullable Item<R> next() {
    while (!ended && underWay.size() < records) {
      begin();
    }
    Future<Item<R>> first = underWay.poll();
    return first == null ? null : await(first);
  }

  private void begin() {
    try {
      Item<T> item = source.next();
      if (item == null) {
        ended = true;
      } else {
        underWay.add(threads.submit(() -> item.map("mapParallel", function)));
      }
    } catch (RuntimeException fault) {
      // It comes after the records that were read before it.
      ended = true;
      underWay.add(CompletableFuture.failedFuture(fault));
    }
  }

  private static <R> Item<R> await(Future<Item<R>> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LawuException("mapParallel: the thread was interrupted while it waited", e);
    } catch (ExecutionException e) {
      Throwable fault = e.getCause();
      if (fault instanceof RuntimeException exception) {
        throw exception;
      }
      if (fault instanceof Error error) {
        throw error;
      }
      throw new LawuException("mapParallel: " + fault, e);
    }
  }

  @Override
  public void close() {
    ended = true;
    underWay.clear();
    threads.shutdownNow();
    source.close();
  }
}
