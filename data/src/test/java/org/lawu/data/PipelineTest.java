package org.lawu.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lawu.error.ArgumentException;
import org.lawu.error.LawuException;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

class PipelineTest {
  private static final List<Integer> TEN = IntStream.range(0, 10).boxed().toList();

  private static <T> List<T> read(Pipeline<T> pipeline) {
    List<T> records = new ArrayList<>();
    pipeline.forEach(records::add);
    return records;
  }

  private static Pipeline<Integer> ten() {
    return Pipeline.of(TEN);
  }

  // ---- stages

  @Test
  void givesTheRecordsOfACollectionEachTimeAnew() {
    Pipeline<Integer> pipeline = ten();

    assertThat(read(pipeline)).isEqualTo(TEN);
    assertThat(read(pipeline)).isEqualTo(TEN);
    assertThat(read(Pipeline.of(List.of()))).isEmpty();
  }

  @Test
  void mapsAndFilters() {
    assertThat(read(ten().filter(number -> number % 3 == 0).map(number -> "n" + number)))
        .containsExactly("n0", "n3", "n6", "n9");
  }

  @Test
  void mapsInParallelInOrder() {
    Pipeline<Integer> numbers = Pipeline.of(IntStream.range(0, 200).boxed().toList());
    var threads = Collections.synchronizedSet(new java.util.HashSet<String>());
    Function<Integer, Integer> square =
        number -> {
          threads.add(Thread.currentThread().getName());
          pause(number % 3);
          return number * number;
        };

    assertThat(read(numbers.mapParallel(4, square))).isEqualTo(read(numbers.map(square)));
    assertThat(threads).contains("lawu-map-0", "lawu-map-3", Thread.currentThread().getName());
  }

  @Test
  void mapsWithRandomNumbersThatDoNotDependOnThreads() {
    Pipeline<Long> one = ten().map(new Philox(1), (number, random) -> random.nextLong() + number);
    Pipeline<Long> parallel =
        ten().mapParallel(3, new Philox(1), (number, random) -> random.nextLong() + number);
    List<Long> first = read(one);
    List<Long> second = read(one);

    assertThat(first).doesNotHaveDuplicates().doesNotContainAnyElementsOf(second);
    assertThat(read(parallel)).isEqualTo(first);
    assertThat(read(parallel.prefetch(2))).isEqualTo(second);
  }

  @Test
  void repeatsConcatenatesTakesAndSkips() {
    Pipeline<Integer> three = ten().take(3);

    assertThat(read(three)).containsExactly(0, 1, 2);
    assertThat(read(ten().skip(8))).containsExactly(8, 9);
    assertThat(read(ten().skip(11))).isEmpty();
    assertThat(read(ten().take(0))).isEmpty();
    assertThat(read(three.repeat(2))).containsExactly(0, 1, 2, 0, 1, 2);
    assertThat(read(three.repeat(0))).isEmpty();
    assertThat(read(three.repeat().take(7))).containsExactly(0, 1, 2, 0, 1, 2, 0);
    assertThat(read(ten().skip(8).concat(three))).containsExactly(8, 9, 0, 1, 2);
  }

  @Test
  void batchesWithARestAtTheEnd() {
    assertThat(read(ten().batch(4)))
        .containsExactly(List.of(0, 1, 2, 3), List.of(4, 5, 6, 7), List.of(8, 9));
    assertThat(read(ten().batch(4).filter(group -> group.size() == 4))).hasSize(2);
  }

  @Test
  void cachesWhatWasReadToTheEndOnce() {
    var reads = new AtomicInteger();
    Pipeline<Integer> cached =
        ten()
            .map(number -> {
              reads.incrementAndGet();
              return number;
            })
            .cache();
    cached.iterator().next();

    assertThat(cached.knownSize()).hasValue(10);
    assertThat(read(cached)).isEqualTo(TEN);
    assertThat(reads).hasValue(11);
    assertThat(read(cached)).isEqualTo(TEN);
    assertThat(read(cached.shuffle(10, new Philox(1)))).containsExactlyInAnyOrderElementsOf(TEN);
    assertThat(reads).hasValue(11);
    assertThat(ten().filter(number -> number > 4).cache().knownSize()).isEmpty();
  }

  @Test
  void whatIsCachedIsTheSameWhetherOrNotTheFirstPassCameToItsEnd() {
    Pipeline<Integer> cached = ten().shuffle(10, new Philox(1)).cache();
    Integer first = cached.iterator().next();

    assertThat(read(cached)).startsWith(first).isEqualTo(read(cached));
  }

  @Test
  void aDataSetGivesBatchesOfOneThatCanBeJoined() {
    Dataset dataset = Dataset.of(Tensor.arange(20).reshape(10, 2), Tensor.arange(10));
    List<Batch> batches = read(Pipeline.of(dataset).batch(4).map(Batch::concat));

    assertThat(batches.get(1).features())
        .isEqualTo(dataset.batch(new int[] {4, 5, 6, 7}).features());
    assertThat(batches.get(2).labels()).isEqualTo(Tensor.of(new int[] {8, 9}));
    assertThat(batches.get(2).weights()).isNull();
    Dataset weighted = dataset.weighted(Tensor.linspace(0, 1, 10));
    assertThat(read(Pipeline.of(weighted).batch(10).map(Batch::concat)).getFirst().weights())
        .isEqualTo(Tensor.linspace(0, 1, 10));
  }

  @Test
  void aLoaderIsAPipelineOfBatches() {
    Dataset dataset = Dataset.of(Tensor.arange(20).reshape(10, 2), Tensor.arange(10));
    var loader = new DataLoader(dataset, 4);

    assertThat(read(loader.map(Batch::size).skip(1))).containsExactly(4, 2);
    assertThat(loader.prefetch(2).knownSize()).hasValue(3);
  }

  // ---- sizes

  static Stream<Pipeline<?>> pipelinesOfKnownSize() {
    return Stream.of(
        ten(),
        ten().map(number -> number),
        ten().map(new Philox(1), (number, random) -> number),
        ten().mapParallel(2, number -> number),
        ten().shuffle(3, new Philox(1)),
        ten().repeat(3),
        ten().repeat(0),
        ten().take(3),
        ten().take(30),
        ten().skip(3),
        ten().skip(30),
        ten().concat(ten().take(2)),
        ten().batch(4),
        ten().cache(),
        ten().prefetch(2),
        Pipeline.of(ten().batch(3)));
  }

  @ParameterizedTest
  @MethodSource("pipelinesOfKnownSize")
  void aKnownSizeIsRight(Pipeline<?> pipeline) {
    assertThat(pipeline.knownSize()).isEqualTo(OptionalLong.of(read(pipeline).size()));
  }

  @Test
  void someSizesAreUnknown() {
    assertThat(ten().filter(number -> number > 2).knownSize()).isEmpty();
    assertThat(ten().repeat().knownSize()).isEmpty();
    assertThat(ten().concat(ten().repeat()).knownSize()).isEmpty();
    assertThat(Pipeline.of(() -> TEN.iterator()).knownSize()).isEmpty();
  }

  // ---- order

  @Test
  void shufflesAsFarAsTheBufferAllows() {
    List<Integer> all = IntStream.range(0, 100).boxed().toList();
    List<Integer> shuffled = read(Pipeline.of(all).shuffle(10, new Philox(1)));

    assertThat(shuffled).containsExactlyInAnyOrderElementsOf(all).isNotEqualTo(all);
    for (int i = 0; i < all.size(); i++) {
      // The record i cannot leave before it has come.
      assertThat(shuffled.get(i)).isLessThan(i + 10);
    }
    assertThat(read(ten().shuffle(1, new Philox(1)))).isEqualTo(TEN);
  }

  @Test
  void aBufferAsLargeAsTheDataMakesEveryOrderEquallyLikely() {
    Pipeline<Integer> three = ten().take(3).shuffle(3, new Philox(1));
    var counts = new java.util.HashMap<List<Integer>, Integer>();
    for (int i = 0; i < 6000; i++) {
      counts.merge(read(three), 1, Integer::sum);
    }

    // 1000 each, with a standard deviation of 29.
    assertThat(counts)
        .hasSize(6)
        .allSatisfy((order, count) -> assertThat(count).isBetween(880, 1120));
  }

  @Test
  void eachEpochAndEachRepetitionHasANewOrder() {
    Pipeline<Integer> shuffled = ten().shuffle(10, new Philox(1));
    List<Integer> twice = read(shuffled.repeat(2));

    assertThat(read(shuffled)).isNotEqualTo(read(shuffled));
    assertThat(twice.subList(0, 10)).isNotEqualTo(twice.subList(10, 20));
    assertThat(twice.subList(10, 20)).containsExactlyInAnyOrderElementsOf(TEN);
  }

  /** Every stage that draws random numbers, with and without threads. */
  private static Pipeline<List<Integer>> everything(long seed, boolean threads) {
    var random = new Philox(seed);
    Pipeline<Integer> source = ten().concat(Pipeline.of(TEN)).shuffle(4, random);
    if (threads) {
      source = source.prefetch(3);
    }
    source = source.repeat(2).concat(ten().shuffle(3, random).cache());
    Pipeline<Integer> drawn =
        threads
            ? source.mapParallel(3, random, (number, own) -> number + 100 * own.nextInt(100))
            : source.map(random, (number, own) -> number + 100 * own.nextInt(100));
    Pipeline<List<Integer>> batches = drawn.repeat().shuffle(7, random).batch(5);
    return threads ? batches.prefetch(2) : batches;
  }

  @Test
  void theSameSeedGivesTheSameEpochsWithAndWithoutThreads() {
    Pipeline<List<Integer>> plain = everything(5, false);
    Pipeline<List<Integer>> threaded = everything(5, true);

    for (int epoch = 0; epoch < 5; epoch++) {
      // Left early, where threads have read ahead however far they came.
      assertThat(read(threaded.take(7L * epoch))).isEqualTo(read(plain.take(7L * epoch)));
    }
    assertThat(read(plain.take(30))).isNotEqualTo(read(everything(6, false).take(30)));
  }

  @Test
  void aLoaderRepeatedHasNewOrdersThatTheSeedDecides() {
    Dataset dataset = Dataset.of(Tensor.arange(10).reshape(10, 1), Tensor.arange(10));
    Function<Long, List<String>> orders =
        seed ->
            read(
                new DataLoader(dataset, 10)
                    .shuffle(new Philox(seed))
                    .repeat(2)
                    .map(batch -> batch.labels().toString()));

    assertThat(orders.apply(1L)).doesNotHaveDuplicates().isEqualTo(orders.apply(1L));
    assertThat(orders.apply(1L)).isNotEqualTo(orders.apply(2L));
  }

  // ---- laziness

  @Test
  void readsNothingBeforeItIsAskedTo() throws InterruptedException {
    var reads = new AtomicInteger();
    Iterable<Integer> source =
        () -> {
          reads.incrementAndGet();
          return TEN.iterator();
        };
    Pipeline<List<Integer>> pipeline =
        Pipeline.of(source)
            .map(number -> number)
            .mapParallel(2, number -> number)
            .filter(number -> true)
            .concat(Pipeline.of(source))
            .skip(1)
            .shuffle(3, new Philox(1))
            .repeat(2)
            .cache()
            .prefetch(2)
            .batch(3)
            .prefetch(2);
    Cursor<List<Integer>> cursor = pipeline.iterator();
    Thread.sleep(20);
    assertThat(reads).hasValue(0);

    cursor.next();
    assertThat(reads).hasPositiveValue();
    cursor.close();
  }

  @Test
  void readsNoMoreThanIsTaken() {
    var reads = new AtomicInteger();
    Pipeline<Integer> counted = ten().map(number -> reads.incrementAndGet());

    assertThat(read(counted.take(3))).hasSize(3);
    assertThat(reads).hasValue(3);
  }

  // ---- ends

  @Test
  void anIterationEnds() {
    Cursor<Integer> cursor = ten().take(1).iterator();
    cursor.next();

    assertThat(cursor.hasNext()).isFalse();
    assertThatThrownBy(cursor::next)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("the epoch has ended; ask for a new iterator");
  }

  @Test
  void aClosedIterationHasEndedAndClosesItsSource() {
    var closed = new AtomicInteger();
    final class Source implements Iterator<Integer>, AutoCloseable {
      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public Integer next() {
        return 1;
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    }

    Cursor<Integer> cursor = Pipeline.of(Source::new).map(number -> number).iterator();
    cursor.next();
    cursor.close();
    cursor.close();

    assertThat(cursor.hasNext()).isFalse();
    assertThat(closed).hasValue(1);
    assertThat(read(Pipeline.of(Source::new).take(3).repeat(2))).hasSize(6);
    assertThat(closed).hasValue(3);
  }

  @Test
  void measuresHowLongItWasWaitedFor() {
    Cursor<Integer> cursor =
        ten()
            .take(2)
            .map(number -> {
              pause(20);
              return number;
            })
            .iterator();
    assertThat(cursor.waited()).isZero();
    cursor.next();
    long first = cursor.waited();
    assertThat(first).isGreaterThanOrEqualTo(20_000_000);
    pause(30);
    assertThat(cursor.waited()).isEqualTo(first);
    cursor.next();
    assertThat(cursor.waited()).isGreaterThanOrEqualTo(first + 20_000_000);
  }

  private static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  // ---- faults

  @Test
  void aFaultNamesTheRecordAndComesAgain() {
    Cursor<Integer> cursor = ten().map(number -> 12 / (2 - number)).iterator();
    cursor.next();
    cursor.next();

    assertThatThrownBy(cursor::next)
        .isExactlyInstanceOf(LawuException.class)
        .hasMessage("record 2: map: java.lang.ArithmeticException: / by zero")
        .hasCauseInstanceOf(ArithmeticException.class);
    assertThatThrownBy(cursor::hasNext)
        .hasMessage("record 2: map: java.lang.ArithmeticException: / by zero");
  }

  @Test
  void aFaultInABatchNamesItsFirstRecord() {
    Dataset uneven =
        new Dataset() {
          @Override
          public int size() {
            return 8;
          }

          @Override
          public Batch batch(int[] records) {
            return new Batch(Tensor.zeros(1, records[0] < 6 ? 2 : 3), Tensor.zeros(1));
          }
        };
    assertThatThrownBy(() -> read(Pipeline.of(uneven).batch(4).map(Batch::concat)))
        .hasMessageStartingWith("record 4 and 3 more: map: concat: ");
    assertThatThrownBy(() -> read(new DataLoader(uneven, 4).map(batch -> 1 / (batch.size() - 1))))
        .hasMessage("batch 0: map: java.lang.ArithmeticException: / by zero");
  }

  @Test
  void faultsOfEachKindOfFunctionAreNamed() {
    assertThatThrownBy(() -> read(ten().filter(number -> 1 / number > 0)))
        .hasMessage("record 0: filter: java.lang.ArithmeticException: / by zero");
    assertThatThrownBy(() -> read(ten().mapParallel(2, number -> 1 / number)))
        .hasMessage("record 0: mapParallel: java.lang.ArithmeticException: / by zero");
    assertThatThrownBy(() -> read(ten().map(new Philox(1), (number, random) -> 1 / (number - 1))))
        .hasMessage("record 1: map: java.lang.ArithmeticException: / by zero");
    assertThatThrownBy(() -> read(Pipeline.of(() -> TEN.subList(0, 3).listIterator(4))))
        .hasMessageStartingWith("record 0: of: java.lang.IndexOutOfBoundsException: ");
  }

  @Test
  void nullIsNoRecord() {
    assertThatThrownBy(() -> read(ten().map(number -> null)))
        .hasMessage("record 0: map: the function returned null; use filter to leave records out");
    assertThatThrownBy(() -> read(Pipeline.of(Collections.singletonList(null))))
        .hasMessage("record 0: of: the record is null; leave it out");
  }

  @Test
  void recordsBeforeAFaultComeFirstWithThreadsToo() {
    Function<Integer, Integer> faulty = number -> 1 / (5 - number) + number;
    for (Pipeline<Integer> pipeline :
        List.of(
            ten().map(faulty),
            ten().mapParallel(3, faulty),
            ten().map(faulty).mapParallel(3, number -> number),
            ten().map(faulty).prefetch(3))) {
      List<Integer> records = new ArrayList<>();
      assertThatThrownBy(() -> pipeline.forEach(records::add))
          .hasMessageStartingWith("record 5: map");
      assertThat(records).hasSize(5);
    }
  }

  @Test
  void refusesAnEndlessRepetitionOfNothing() {
    assertThatThrownBy(() -> read(ten().filter(number -> number > 20).repeat()))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "repeat: there is not one record to repeat; look at the files and filters before");
  }

  @Test
  void refusesSizesThatAreTooSmall() {
    assertThatThrownBy(() -> ten().batch(0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("batch: the batch size must be at least 1, got 0");
    assertThatThrownBy(() -> ten().shuffle(0, new Philox(1)))
        .hasMessage("shuffle: the buffer must be at least 1, got 0");
    assertThatThrownBy(() -> ten().prefetch(0))
        .hasMessage("prefetch: the number of records must be at least 1, got 0");
    assertThatThrownBy(() -> ten().repeat(-1))
        .hasMessage("repeat: times must be at least 0, got -1");
    assertThatThrownBy(() -> ten().take(-1))
        .hasMessage("take: the number of records must be at least 0, got -1");
    assertThatThrownBy(() -> ten().skip(-1))
        .hasMessage("skip: the number of records must be at least 0, got -1");
    assertThatThrownBy(() -> ten().mapParallel(0, number -> number))
        .hasMessage("mapParallel: the number of threads must be at least 1, got 0");
    assertThatThrownBy(() -> Batch.concat(List.of()))
        .hasMessage(
            "concat: there must be batches, all or none with weights; got 0, 0 with weights");
  }
}
