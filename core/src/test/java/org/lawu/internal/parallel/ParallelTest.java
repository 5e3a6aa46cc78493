package org.lawu.internal.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lawu.error.LawuException;

@Timeout(60)
class ParallelTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void everyIndexOnceInChunksThatDependOnTheGrainAlone(int threads) {
    Workers workers = new Workers(threads);
    for (int n : new int[] {0, 1, 2, 7, 8, 9, 100, 1000}) {
      for (int grain : new int[] {1, 3, 8, 1000}) {
        AtomicIntegerArray seen = new AtomicIntegerArray(n);
        Set<String> chunks = ConcurrentHashMap.newKeySet();
        workers.range(
            n,
            grain,
            (from, to) -> {
              chunks.add(from + "-" + to);
              for (int i = from; i < to; i++) {
                seen.incrementAndGet(i);
              }
            });
        Set<String> expected = ConcurrentHashMap.newKeySet();
        for (int from = 0; from < n; from += grain) {
          expected.add(from + "-" + Math.min(from + grain, n));
        }
        for (int i = 0; i < n; i++) {
          assertThat(seen.get(i)).isEqualTo(1);
        }
        assertThat(chunks).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void shortRangesAreDividedTheSameWay(int threads) {
    Workers workers = new Workers(threads);
    for (int round = 0; round < 2000; round++) {
      AtomicIntegerArray seen = new AtomicIntegerArray(10);
      workers.shortRange(
          10,
          3,
          (from, to) -> {
            assertThat(from % 3).isZero();
            for (int i = from; i < to; i++) {
              seen.incrementAndGet(i);
            }
          });
      for (int i = 0; i < 10; i++) {
        assertThat(seen.get(i)).isEqualTo(1);
      }
    }
  }

  @Test
  void aShortRangeByItselfWakesNobody() {
    Workers workers = new Workers(2);
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    workers.shortRange(100, 1, (from, to) -> seen.add(Thread.currentThread()));
    assertThat(seen).containsExactly(Thread.currentThread());
  }

  @Test
  void shortRangesThatFollowOneAnotherHaveHelpers() {
    Workers workers = new Workers(2);
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    while (seen.size() < 2) { // until the time limit of the test
      workers.shortRange(100, 1, (from, to) -> seen.add(Thread.currentThread()));
    }
    assertThat(seen).hasSize(2);
  }

  @Test
  void helpersWorkBesideTheCaller() {
    Workers workers = new Workers(3);
    CountDownLatch together = new CountDownLatch(3);
    workers.range(
        3,
        1,
        (from, to) -> {
          together.countDown();
          await(together); // passes only if three threads are here at the same time
        });
    assertThat(together.getCount()).isZero();
  }

  /** Helpers that work, look for work, fall asleep or sleep when the next range begins. */
  @Test
  void helpersComeWheneverARangeBegins() {
    Workers workers = new Workers(2);
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      CountDownLatch together = new CountDownLatch(2);
      workers.range(
          2,
          1,
          (from, to) -> {
            together.countDown();
            await(together);
          });
      long pause = System.nanoTime() + random.nextInt(100_000);
      while (System.nanoTime() < pause) {
        Thread.onSpinWait();
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void rangeWithinRangeStaysOnItsThread() {
    Workers workers = new Workers(4);
    workers.range(
        8,
        1,
        (from, to) -> {
          Thread outer = Thread.currentThread();
          workers.range(50, 1, (f, t) -> assertThat(Thread.currentThread()).isSameAs(outer));
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void exceptionsReachTheCaller(int threads) {
    Workers workers = new Workers(threads);
    assertThatThrownBy(() ->
            workers.range(
                100,
                1,
                (from, to) -> {
                  if (from == 37) {
                    throw new IllegalStateException("37");
                  }
                }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("37");
    AtomicIntegerArray seen = new AtomicIntegerArray(100);
    workers.range(100, 10, (from, to) -> seen.incrementAndGet(from));
    assertThat(seen.get(90)).isEqualTo(1);
  }

  @Test
  void manyVirtualThreadsAtOnce() throws Exception {
    Workers workers = new Workers(3);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> sums = new ArrayList<>();
      for (int task = 0; task < 2000; task++) {
        sums.add(
            executor.submit(() -> {
              long[] parts = new long[10];
              workers.range(
                  1000,
                  100,
                  (from, to) -> {
                    for (int i = from; i < to; i++) {
                      parts[from / 100] += i;
                    }
                  });
              long sum = 0;
              for (long part : parts) {
                sum += part;
              }
              return sum;
            }));
      }
      for (Future<Long> sum : sums) {
        assertThat(sum.get()).isEqualTo(499_500);
      }
    }
  }

  @Test
  void interruptionIsKeptForLater() {
    Workers workers = new Workers(2);
    AtomicIntegerArray seen = new AtomicIntegerArray(200);
    Thread.currentThread().interrupt();
    workers.range(
        200,
        1,
        (from, to) -> {
          seen.incrementAndGet(from);
          Thread.onSpinWait();
        });
    assertThat(Thread.interrupted()).isTrue();
    for (int i = 0; i < 200; i++) {
      assertThat(seen.get(i)).isEqualTo(1);
    }
  }

  @Test
  void numberOfThreads() {
    assertThat(Parallel.parseThreads("3")).isEqualTo(3);
    assertThat(Parallel.parseThreads(null)).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(Parallel.threads()).isPositive();
    for (String wrong : new String[] {"0", "-2", "many", "1.5"}) {
      assertThatThrownBy(() -> Parallel.parseThreads(wrong))
          .isInstanceOf(LawuException.class)
          .hasMessage(
              "lawu.threads: not a number of threads: '"
                  + wrong
                  + "'; give a whole number from 1, such as -Dlawu.threads=4");
    }
  }

  @Test
  void grainMustBePositive() {
    assertThatThrownBy(() -> Parallel.range(1, 0, (from, to) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("grain must be at least 1, is 0");
  }
}
