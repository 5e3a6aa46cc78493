package org.lawu.data;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.lawu.error.ArgumentException;
import org.lawu.random.Philox;

/**
 * Records that are read one after the other, each time anew, and worked on as they come: for data
 * that is larger than memory, or takes time to prepare. A {@link Dataset} is numbered and can be
 * shuffled as a whole; a pipeline is a sequence. A {@link DataLoader} makes a pipeline of batches
 * from a data set.
 *
 * <pre>{@code
 * Pipeline<Batch> reviews =
 *     Pipeline.lines(Path.of("reviews-1.txt.gz"), Path.of("reviews-2.txt.gz"))
 *         .filter(line -> !line.isBlank())
 *         .shuffle(10_000, new Philox(1))
 *         .batch(32)
 *         .map(lines -> new Batch(tokens(lines), labels(lines)))
 *         .prefetch(2);
 * for (Batch batch : reviews) {
 *   ...
 * }
 * }</pre>
 *
 * <p>A pipeline never changes: each method returns another, and nothing is read before an iteration
 * asks for its first record. Each iteration is one epoch. Random orders are drawn from generators
 * when the iteration starts, on its thread, so the same seeds give the same sequence of epochs,
 * whatever is prepared in the background, and however far earlier ones were read.
 *
 * <p>What a function throws ends the iteration with a {@link org.lawu.error.LawuException} that
 * names the file and the record, such as {@code reviews-1.txt.gz, line 17: map: ...}, and has the
 * fault as its cause. After {@link #prefetch} functions run on another thread.
 *
 * @param <T> the records; null is none
 */
public abstract class Pipeline<T> implements Iterable<T> {

  /** For the pipelines of this package. */
  Pipeline() {}

  /** Draws what is random in an iteration; reads nothing. */
  abstract Plan<T> plan();

  /** The number of records of an iteration, where that is known before they are read. */
  public abstract OptionalLong knownSize();

  /** One epoch. */
  @Override
  public final Cursor<T> iterator() {
    return new Cursor<>(plan().open(Plan.FIRST));
  }

  // ---- sources

  /**
   * The elements of a collection, or of anything that can be gone through again and again. An
   * iterator that is {@link AutoCloseable} is closed.
   */
  public static <T> Pipeline<T> of(Iterable<T> records) {
    if (records instanceof Pipeline<T> pipeline) {
      return pipeline;
    }
    return new Stage<>(
        records instanceof Collection<T> collection
            ? OptionalLong.of(collection.size())
            : OptionalLong.empty(),
        () -> pass -> new IterableStep<>(records));
  }

  /**
   * The records of a data set, each a batch of one; {@link Batch#concat} joins them. Where a whole
   * data set is to be shuffled, use a {@link DataLoader}.
   */
  public static Pipeline<Batch> of(Dataset dataset) {
    Iterable<Integer> numbers = () -> IntStream.range(0, dataset.size()).iterator();
    return new Stage<>(OptionalLong.of(dataset.size()), of(numbers)::plan)
        .map(number -> dataset.batch(new int[] {number}));
  }

  /**
   * The lines of text files (UTF-8, packed by gzip or not, which their first bytes tell), one file
   * after the other. Lines end with LF or CR LF. Faults are {@link
   * org.lawu.error.FormatException}s, and {@link java.io.UncheckedIOException}s where a file cannot
   * be read.
   */
  public static Pipeline<String> lines(Path... files) {
    return lines(List.of(files));
  }

  /** The lines of text files, as {@link #lines(Path...)} gives them. */
  public static Pipeline<String> lines(List<Path> files) {
    return files(files, LineStep::new);
  }

  /**
   * The records of CSV files, one file after the other, each a table of one; {@link Table#concat}
   * joins them. The files are written as {@link Csv} describes, and may be packed by gzip and
   * larger than memory.
   *
   * @param format of every file; where there is a header, each has its own
   */
  public static Pipeline<Table> csv(CsvFormat format, Path... files) {
    return files(List.of(files), file -> new CsvStep(file, format));
  }

  private static <T> Pipeline<T> files(List<Path> files, Function<Path, Step<T>> reader) {
    List<Path> copy = List.copyOf(files);
    return new Stage<>(
        OptionalLong.empty(),
        () ->
            pass ->
                new ConcatStep<>(
                    copy.stream()
                        .<Supplier<Step<T>>>map(file -> () -> reader.apply(file))
                        .iterator()));
  }

  // ---- stages

  /** What a function makes of each record. */
  public <R> Pipeline<R> map(Function<? super T, ? extends R> function) {
    return then(knownSize(), step -> new MapStep<>(step, function));
  }

  /**
   * What a function makes of each record with random numbers, such as a turned image. Each record
   * has a generator of its own, so that it does not matter who works on it and when.
   */
  public <R> Pipeline<R> map(Philox random, BiFunction<? super T, Philox, ? extends R> function) {
    return new Stage<>(knownSize(), () -> withGenerators(random))
        .map(record -> function.apply(record.value(), record.random()));
  }

  /**
   * As {@link #map(Function)}, with several records at a time on as many threads: for functions
   * that take long, such as unpacking an image. The order stays, and the function must be safe for
   * use by several threads.
   *
   * @throws ArgumentException if the number of threads is below 1
   */
  public <R> Pipeline<R> mapParallel(int threads, Function<? super T, ? extends R> function) {
    atLeast("mapParallel", "the number of threads", 1, threads);
    return then(knownSize(), step -> new ParallelMapStep<>(step, threads, function));
  }

  /**
   * As {@link #map(Philox, BiFunction)}, with several records at a time on as many threads, to the
   * same result.
   *
   * @throws ArgumentException if the number of threads is below 1
   */
  public <R> Pipeline<R> mapParallel(
      int threads, Philox random, BiFunction<? super T, Philox, ? extends R> function) {
    return new Stage<>(knownSize(), () -> withGenerators(random))
        .mapParallel(threads, record -> function.apply(record.value(), record.random()));
  }

  /** The records that a condition holds for. */
  public Pipeline<T> filter(Predicate<? super T> condition) {
    return then(OptionalLong.empty(), step -> new FilterStep<>(step, condition));
  }

  /**
   * The records in random order, as far as a buffer allows: it is filled, then gives one of its
   * records at random for each that is read. With a buffer as large as the data every order is
   * equally likely; with a smaller one records stay near their place, so shuffle sorted data as a
   * file first.
   *
   * @param buffer the number of records that are kept in memory
   * @throws ArgumentException if the buffer is below 1
   */
  public Pipeline<T> shuffle(int buffer, Philox random) {
    atLeast("shuffle", "the buffer", 1, buffer);
    return new Stage<>(
        knownSize(),
        () -> {
          Plan<T> source = plan();
          long seed = random.nextLong();
          return pass -> new ShuffleStep<>(source.open(pass), buffer, new Philox(seed ^ pass));
        });
  }

  /**
   * The records so many times over, each time in another order where they are shuffled before.
   *
   * @throws ArgumentException if that is negative
   */
  public Pipeline<T> repeat(int times) {
    atLeast("repeat", "times", 0, times);
    return new Stage<>(
        times == 0 ? OptionalLong.of(0) : map(knownSize(), size -> size * times),
        () -> {
          Plan<T> source = plan();
          return pass -> new ConcatStep<>(RepeatStep.rounds(source, pass).limit(times).iterator());
        });
  }

  /**
   * The records over and over, without an end; to be used with {@link #take}, or where steps and
   * not epochs are counted. A pass without a record is a fault.
   */
  public Pipeline<T> repeat() {
    return new Stage<>(
        OptionalLong.empty(),
        () -> {
          Plan<T> source = plan();
          return pass ->
              new ConcatStep<>(
                  RepeatStep.rounds(source, pass)
                      .<Supplier<Step<T>>>map(round -> () -> new RepeatStep<>(round.get()))
                      .iterator());
        });
  }

  /** These records, then those of another pipeline. */
  public Pipeline<T> concat(Pipeline<T> other) {
    OptionalLong second = other.knownSize();
    return new Stage<>(
        second.isEmpty() ? second : map(knownSize(), first -> first + second.getAsLong()),
        () -> {
          List<Plan<T>> plans = List.of(plan(), other.plan());
          return pass ->
              new ConcatStep<>(
                  plans.stream().<Supplier<Step<T>>>map(plan -> () -> plan.open(pass)).iterator());
        });
  }

  /**
   * The first records.
   *
   * @throws ArgumentException if their number is negative
   */
  public Pipeline<T> take(long records) {
    atLeast("take", "the number of records", 0, records);
    return then(
        map(knownSize(), size -> Math.min(size, records)), step -> new TakeStep<>(step, records));
  }

  /**
   * The records without the first, which are read all the same.
   *
   * @throws ArgumentException if their number is negative
   */
  public Pipeline<T> skip(long records) {
    atLeast("skip", "the number of records", 0, records);
    return then(
        map(knownSize(), size -> Math.max(size - records, 0)),
        step -> new SkipStep<>(step, records));
  }

  /**
   * The records in groups, the last of which gets what is left. A function then makes them one, as
   * in {@code batch(32).map(Batch::concat)}; {@code filter(group -> group.size() == 32)} drops a
   * smaller rest.
   *
   * @throws ArgumentException if the size is below 1
   */
  public Pipeline<List<T>> batch(int size) {
    atLeast("batch", "the batch size", 1, size);
    return then(
        map(knownSize(), records -> Math.ceilDiv(records, (long) size)),
        step -> new BatchStep<>(step, size));
  }

  /**
   * Keeps all records in memory when they have been read to the end once, and reads them no more.
   * What was random before this stage stays as it was the first time, so shuffle after it.
   */
  public Pipeline<T> cache() {
    return new CacheStage<>(this);
  }

  /**
   * Keeps all records in a file and reads them from there, in this run and in later ones. If there
   * is no such file, the first record that is asked for has it written, whole or not at all, which
   * takes as long as all of them. What was random before this stage stays as it was then, so
   * shuffle after it. Delete the file where what is before has changed.
   *
   * @param format {@link RecordFormat#BATCHES}, or one of your own
   */
  public Pipeline<T> cache(Path file, RecordFormat<T> format) {
    return new FileCacheStage<>(this, file, format);
  }

  /**
   * Reads ahead on a thread of its own, while the records before are in use: the same records in
   * the same order. What is thrown there comes out here. The thread begins with the first record
   * that is asked for, and ends with the last, with a fault, or when the iteration is closed or no
   * longer referred to.
   *
   * @param records how many may wait; memory is taken for these and the one in the making
   * @throws ArgumentException if that is below 1
   */
  public Pipeline<T> prefetch(int records) {
    atLeast("prefetch", "the number of records", 1, records);
    return then(knownSize(), step -> new PrefetchStep<>(step, records));
  }

  private <R> Pipeline<R> then(OptionalLong size, Function<Step<T>, Step<R>> stage) {
    return new Stage<>(
        size,
        () -> {
          Plan<T> source = plan();
          return pass -> stage.apply(source.open(pass));
        });
  }

  private record Randomized<T>(T value, Philox random) {}

  private Plan<Randomized<T>> withGenerators(Philox random) {
    Plan<T> source = plan();
    long seed = random.nextLong();
    return pass -> {
      var generators = new Philox(seed ^ pass);
      return new MapStep<>(source.open(pass), value -> new Randomized<>(value, generators.split()));
    };
  }

  private static OptionalLong map(OptionalLong size, LongUnaryOperator function) {
    return size.isEmpty() ? size : OptionalLong.of(function.applyAsLong(size.getAsLong()));
  }

  private static void atLeast(String operation, String name, long least, long value) {
    if (value < least) {
      throw new ArgumentException(
          "%s: %s must be at least %d, got %d".formatted(operation, name, least, value));
    }
  }

  /** A pipeline of a plan. */
  private static final class Stage<T> extends Pipeline<T> {
    private final OptionalLong size;
    private final Supplier<Plan<T>> plan;

    Stage(OptionalLong size, Supplier<Plan<T>> plan) {
      this.size = size;
      this.plan = plan;
    }

    @Override
    Plan<T> plan() {
      return plan.get();
    }

    @Override
    public OptionalLong knownSize() {
      return size;
    }
  }
}
