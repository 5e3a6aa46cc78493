package org.lawu.data;

import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.random.Philox;

/**
 * The records of a data set in batches. Each iteration is one epoch: every record once, in a new
 * order if shuffled, the last batch being smaller where the records do not divide evenly. What else
 * a {@link Pipeline} can do it can do too, such as prepare batches in the background.
 *
 * <pre>{@code
 * var loader = new DataLoader(dataset, 32).shuffle(new Philox(1)).prefetch(2);
 * for (int epoch = 0; epoch < 5; epoch++) {
 *   for (Batch batch : loader) {
 *     ...
 *   }
 * }
 * }</pre>
 *
 * <p>Batches are made as they are asked for. In order, those of an in-memory data set are views.
 */
public final class DataLoader extends Pipeline<Batch> {
  /** Far from where the orders of a generator are drawn, so that changes do not alter orders. */
  private static final long CHANGES_POSITION = 1L << 61;

  private final Dataset dataset;
  private final int batchSize;
  private final @Nullable Philox random;
  private final boolean shuffle;
  private final boolean dropLast;

  /**
   * All records in the data set's order.
   *
   * @throws ArgumentException if the batch size is below 1
   */
  public DataLoader(Dataset dataset, int batchSize) {
    this(dataset, batchSize, null, false, false);
  }

  private DataLoader(
      Dataset dataset, int batchSize, @Nullable Philox random, boolean shuffle, boolean dropLast) {
    if (batchSize < 1) {
      throw new ArgumentException(
          "dataLoader: the batch size must be at least 1, got " + batchSize);
    }
    this.dataset = dataset;
    this.batchSize = batchSize;
    this.random = random;
    this.shuffle = shuffle;
    this.dropLast = dropLast;
  }

  /**
   * The same in a new order each epoch, drawn from a generator when the iteration starts: the same
   * seed gives the same sequence of orders. Records of different {@link Dataset#lengths} are
   * shuffled so that those of a batch are of like length. Where the data set is {@link
   * Dataset#augment augmented}, its changes are drawn from the generator too.
   */
  public DataLoader shuffle(Philox random) {
    return new DataLoader(dataset, batchSize, random, true, dropLast);
  }

  /**
   * The same in the data set's order, where it is {@link Dataset#augment augmented} with its
   * changes, which are drawn from a generator when the iteration starts. Without this or {@link
   * #shuffle} records come unchanged.
   */
  public DataLoader augment(Philox random) {
    return new DataLoader(dataset, batchSize, random, false, dropLast);
  }

  /** The same without a last batch that would be smaller than the others. */
  public DataLoader dropLast() {
    return new DataLoader(dataset, batchSize, random, shuffle, true);
  }

  /** The number of batches in an epoch. */
  public int size() {
    int full = dataset.size() / batchSize;
    boolean rest = dataset.size() % batchSize > 0;
    return rest && !dropLast ? full + 1 : full;
  }

  @Override
  public OptionalLong knownSize() {
    return OptionalLong.of(size());
  }

  @Override
  Plan<Batch> plan() {
    if (random == null) {
      return pass -> new Epoch(dataset, Records.all(dataset));
    }
    Philox.State state = random.state();
    int[] first = order(random);
    return pass -> {
      var own = new Philox.State(state.seed() ^ pass, state.position());
      var changes = new Philox(new Philox.State(own.seed(), own.position() ^ CHANGES_POSITION));
      return new Epoch(dataset.epoch(changes), pass == Plan.FIRST ? first : order(new Philox(own)));
    };
  }

  private int[] order(Philox generator) {
    if (!shuffle) {
      generator.nextLong(); // the next epoch finds another state
      return Records.all(dataset);
    }
    int[] lengths = dataset.lengths();
    return lengths.length == 0
        ? generator.permutation(dataset.size())
        : LengthBuckets.order(lengths, batchSize, generator);
  }

  private final class Epoch implements Step<Batch> {
    private final Dataset records;
    private final int[] order;
    private int next;

    Epoch(Dataset records, int[] order) {
      this.records = records;
      this.order = order;
    }

    @Override
    public @Nullable Item<Batch> next() {
      if (next >= size()) {
        return null;
      }
      int from = next * batchSize;
      int count = Math.min(batchSize, order.length - from);
      Batch batch = records.batch(Arrays.copyOfRange(order, from, from + count));
      return new Item<>(batch, new Place("", "batch", next++));
    }

    @Override
    public void close() {
      next = size();
    }
  }
}
