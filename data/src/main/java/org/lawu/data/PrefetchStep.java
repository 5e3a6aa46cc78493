package org.lawu.data;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.lawu.error.LawuException;

/**
 * Records that a thread of its own has read ahead. The thread knows the queue and not this step, so
 * that a step that nobody refers to any more is collected as garbage, which ends the thread.
 */
final class PrefetchStep<T> implements Step<T> {
  private static final Cleaner CLEANER = Cleaner.create();

  private final Producer<T> producer;
  private final Cleaner.Cleanable stop;
  private final Thread thread;
  private boolean started;
  private boolean ended;

  PrefetchStep(Step<T> source, int records) {
    producer = new Producer<>(source, records);
    thread = Thread.ofPlatform().daemon().name("lawu-prefetch").unstarted(producer);
    stop = CLEANER.register(this, new Stop(producer, thread));
  }

  @Override
  public @Nullable Item<T> next() {
    if (ended) {
      return null;
    }
    if (!started) {
      started = true;
      thread.start();
    }
    try {
      return switch (producer.queue.take()) {
        case Event.Next<T>(var item) -> item;
        case Event.End<T>() -> {
          ended = true;
          yield null;
        }
        case Event.Fault<T>(var fault) -> {
          ended = true;
          throw raised(fault);
        }
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LawuException("prefetch: the thread was interrupted while it waited for data", e);
    } finally {
      // Without this the step could count as garbage while its last call waits.
      Reference.reachabilityFence(this);
    }
  }

  /** The fault itself, so that it is of the same type as without prefetching. */
  private static RuntimeException raised(Throwable fault) {
    fault.addSuppressed(new LawuException("prefetch: the record was asked for here"));
    if (fault instanceof Error error) {
      throw error;
    }
    return (RuntimeException) fault;
  }

  @Override
  public void close() {
    ended = true;
    stop.clean();
    if (!started) {
      producer.source.close();
      return;
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What goes through the queue. */
  private sealed interface Event<T> {
    record Next<T>(Item<T> item) implements Event<T> {}

    record End<T>() implements Event<T> {}

    record Fault<T>(Throwable fault) implements Event<T> {}
  }

  /** Must not refer to the step, which would then never be garbage. */
  private record Stop(Producer<?> producer, Thread thread) implements Runnable {
    @Override
    public void run() {
      producer.stopped = true;
      thread.interrupt();
    }
  }

  /** Reads the source into the queue until the source ends or it is told to stop. */
  private static final class Producer<T> implements Runnable {
    final Step<T> source;
    final BlockingQueue<Event<T>> queue;
    volatile boolean stopped;

    Producer(Step<T> source, int records) {
      this.source = source;
      this.queue = new ArrayBlockingQueue<>(records);
    }

    @Override
    public void run() {
      Event<T> last = new Event.End<>();
      try (source) {
        Item<T> item = source.next();
        while (item != null && put(new Event.Next<>(item))) {
          item = source.next();
        }
      } catch (Throwable fault) {
        last = new Event.Fault<>(fault);
      }
      put(last);
    }

    /** Waits for room; false if nobody wants more. */
    private boolean put(Event<T> event) {
      while (!stopped) {
        try {
          queue.put(event);
          return true;
        } catch (InterruptedException e) {
          // Only stopping means to interrupt; anybody else's wish would leave the reader waiting.
        }
      }
      return false;
    }
  }
}
