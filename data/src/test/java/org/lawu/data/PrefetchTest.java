package org.lawu.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lawu.error.LawuException;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Workspace;

/** The stage that works on a thread of its own. */
@Timeout(30)
class PrefetchTest {
  private static final List<Integer> MANY = IntStream.range(0, 1000).boxed().toList();

  /** Notes the thread that each record is read by. */
  private final AtomicReference<@Nullable Thread> reader = new AtomicReference<>();

  private final AtomicInteger reads = new AtomicInteger();

  private Pipeline<Integer> observed() {
    return Pipeline.of(MANY)
        .map(number -> {
          reader.set(Thread.currentThread());
          reads.incrementAndGet();
          return number;
        });
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      Thread.sleep(1);
    }
  }

  private boolean readerHasEnded() {
    Thread thread = reader.get();
    return thread != null && !thread.isAlive();
  }

  @Test
  void givesTheSameRecordsFromAnotherThread() {
    List<Integer> records = new ArrayList<>();
    observed().prefetch(3).forEach(records::add);

    assertThat(records).isEqualTo(MANY);
    assertThat(reader.get().getName()).isEqualTo("lawu-prefetch");
    assertThat(reader.get().isDaemon()).isTrue();
  }

  @Test
  void readsAheadAsFarAsItMayAndNoFarther() throws InterruptedException {
    Cursor<Integer> cursor = observed().prefetch(3).iterator();
    cursor.next();
    // One was taken, three wait, and one is in the hands of the thread.
    await(() -> reads.get() == 5);
    Thread.sleep(50);
    assertThat(reads).hasValue(5);

    cursor.next();
    await(() -> reads.get() == 6);
    cursor.close();
  }

  @Test
  void theThreadEndsWithTheLastRecord() throws InterruptedException {
    observed().prefetch(3).forEach(number -> {});

    assertThat(readerHasEnded()).isTrue();
  }

  @Test
  void theThreadEndsWhenTheIterationIsClosed() {
    Cursor<Integer> cursor = observed().prefetch(3).iterator();
    cursor.next();
    cursor.close();

    assertThat(readerHasEnded()).isTrue();
    assertThat(cursor.hasNext()).isFalse();
  }

  @Test
  void theThreadEndsWhenAFaultComesAfterIt() {
    Pipeline<Integer> pipeline = observed().prefetch(3).map(number -> 1 / (2 - number));

    assertThatThrownBy(() -> pipeline.forEach(number -> {}))
        .hasMessageStartingWith("record 2: map");
    assertThat(readerHasEnded()).isTrue();
  }

  private WeakReference<Cursor<Integer>> begin(Pipeline<Integer> pipeline) {
    Cursor<Integer> cursor = pipeline.iterator();
    cursor.next();
    return new WeakReference<>(cursor);
  }

  @Test
  void theThreadEndsWhenTheIterationIsForgotten() throws InterruptedException {
    WeakReference<Cursor<Integer>> cursor = begin(observed().prefetch(3).map(number -> number));
    await(() -> {
      System.gc();
      return readerHasEnded();
    });

    assertThat(cursor.get()).isNull();
  }

  @Test
  void allThreadsOfAForgottenIterationEnd() throws InterruptedException {
    AtomicReference<@Nullable Thread> outer = new AtomicReference<>();
    AtomicReference<@Nullable Thread> mapper = new AtomicReference<>();
    begin(
        observed()
            .prefetch(2)
            .mapParallel(
                2,
                number -> {
                  mapper.set(Thread.currentThread());
                  return number;
                })
            .map(number -> {
              outer.set(Thread.currentThread());
              return number;
            })
            .prefetch(2));
    await(() -> {
      System.gc();
      return readerHasEnded() && !outer.get().isAlive() && !mapper.get().isAlive();
    });
  }

  @Test
  void theThreadOfAnIterationInUseIsNotEndedByTheGarbageCollector() {
    List<Integer> records = new ArrayList<>();
    Pipeline<Integer> slow =
        Pipeline.of(MANY.subList(0, 20))
            .map(number -> {
              System.gc();
              return number;
            })
            .prefetch(1);
    slow.forEach(records::add);

    assertThat(records).hasSize(20);
  }

  @Test
  void aHundredIterationsLeftEarlyLeaveNoThread() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      begin(Pipeline.of(MANY).prefetch(2));
    }
    await(() -> {
      System.gc();
      return Thread.getAllStackTraces().keySet().stream()
          .noneMatch(thread -> thread.getName().equals("lawu-prefetch"));
    });
  }

  @Test
  void aFaultComesOutWhereTheRecordIsAskedFor() {
    Cursor<Integer> cursor =
        Pipeline.of(MANY).map(number -> 1 / (1 - number)).prefetch(5).iterator();
    cursor.next();

    assertThatThrownBy(cursor::next)
        .isExactlyInstanceOf(LawuException.class)
        .hasMessage("record 1: map: java.lang.ArithmeticException: / by zero")
        .satisfies(fault ->
            assertThat(fault.getSuppressed()[0].getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(PrefetchTest.class.getName())));
  }

  @Test
  void anErrorComesOutAsItIs() {
    Pipeline<Integer> pipeline =
        Pipeline.of(MANY)
            .<Integer>map(number -> {
              throw new StackOverflowError("deep");
            })
            .prefetch(1);

    assertThatThrownBy(() -> pipeline.iterator().next())
        .isInstanceOf(StackOverflowError.class)
        .hasMessage("deep");
  }

  @Test
  void interruptingTheThreadThatReadsAheadChangesNothing() throws InterruptedException {
    Cursor<Integer> cursor = observed().prefetch(1).iterator();
    List<Integer> records = new ArrayList<>(List.of(cursor.next()));
    await(() -> reads.get() == 3);
    reader.get().interrupt();
    cursor.forEachRemaining(records::add);

    assertThat(records).isEqualTo(MANY);
  }

  @Test
  void whoWaitsForARecordMayBeInterrupted() throws InterruptedException {
    var never = new CountDownLatch(1);
    Pipeline<Integer> stuck =
        Pipeline.of(MANY)
            .map(number -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return number;
            })
            .prefetch(1);
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread consumer =
        Thread.ofPlatform()
            .start(() -> {
              try {
                stuck.iterator().next();
              } catch (LawuException e) {
                thrown.set(e);
              }
            });
    await(() -> consumer.getState() == Thread.State.WAITING);
    consumer.interrupt();

    assertThat(consumer.join(Duration.ofSeconds(20))).isTrue();
    assertThat(thrown.get())
        .hasMessage("prefetch: the thread was interrupted while it waited for data");
  }

  @Test
  void batchesFromAnotherThreadAreNotTheWorkspaces() {
    Dataset dataset = Dataset.of(Tensor.uniform(new Philox(1), 0, 1, 64, 1024), Tensor.arange(64));
    List<Batch> kept = new ArrayList<>();
    var workspace = new Workspace();
    Pipeline<Batch> batches =
        new DataLoader(dataset.mapFeatures(features -> features.mul(2)), 16)
            .shuffle(new Philox(2))
            .prefetch(2);
    for (Batch batch : batches) {
      workspace.run(() -> batch.features().exp().sum().item());
      kept.add(batch);
    }

    var expected = new DataLoader(dataset, 16).shuffle(new Philox(2)).iterator();
    for (Batch batch : kept) {
      assertThat(batch.features()).isEqualTo(expected.next().features().mul(2));
    }
  }
}
