package org.lawu.data;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.random.Philox;

/**
 * The records of a data set in batches. Each iteration is one epoch: every record once, in a new
 * order if shuffled, the last batch being smaller where the records do not divide evenly.
 *
 * <pre>{@code
 * var loader = new DataLoader(dataset, 32).shuffle(new Philox(1));
 * for (int epoch = 0; epoch < 5; epoch++) {
 *   for (Batch batch : loader) {
 *     ...
 *   }
 * }
 * }</pre>
 *
 * <p>Batches are made as they are asked for. In order, those of an in-memory data set are views.
 */
public final class DataLoader implements Iterable<Batch> {
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
   * seed gives the same sequence of orders. Where the data set is {@link Dataset#augment
   * augmented}, its changes are drawn from the generator too.
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

  /** The batches of one epoch. */
  @Override
  public Iterator<Batch> iterator() {
    if (random == null) {
      return new Epoch(dataset, Records.all(dataset));
    }
    Philox.State state = random.state();
    var changes = new Philox(new Philox.State(state.seed(), state.position() ^ CHANGES_POSITION));
    Dataset changed = dataset.epoch(changes);
    if (shuffle) {
      return new Epoch(changed, random.permutation(dataset.size()));
    }
    random.nextLong(); // the next epoch finds another state
    return new Epoch(changed, Records.all(dataset));
  }

  private final class Epoch implements Iterator<Batch> {
    private final Dataset records;
    private final int[] order;
    private int next;

    Epoch(Dataset records, int[] order) {
      this.records = records;
      this.order = order;
    }

    @Override
    public boolean hasNext() {
      return next < size();
    }

    @Override
    public Batch next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the epoch has ended; ask for a new iterator");
      }
      int from = next * batchSize;
      next++;
      int count = Math.min(batchSize, order.length - from);
      return records.batch(Arrays.copyOfRange(order, from, from + count));
    }
  }
}
