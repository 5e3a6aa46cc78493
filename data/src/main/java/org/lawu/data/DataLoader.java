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
  private final Dataset dataset;
  private final int batchSize;
  private final @Nullable Philox random;
  private final boolean dropLast;

  /**
   * All records in the data set's order.
   *
   * @throws ArgumentException if the batch size is below 1
   */
  public DataLoader(Dataset dataset, int batchSize) {
    this(dataset, batchSize, null, false);
  }

  private DataLoader(Dataset dataset, int batchSize, @Nullable Philox random, boolean dropLast) {
    if (batchSize < 1) {
      throw new ArgumentException(
          "dataLoader: the batch size must be at least 1, got " + batchSize);
    }
    this.dataset = dataset;
    this.batchSize = batchSize;
    this.random = random;
    this.dropLast = dropLast;
  }

  /**
   * The same in a new order each epoch, drawn from a generator when the iteration starts: the same
   * seed gives the same sequence of orders. Records of different {@link Dataset#lengths} are
   * shuffled so that those of a batch are of like length.
   */
  public DataLoader shuffle(Philox random) {
    return new DataLoader(dataset, batchSize, random, dropLast);
  }

  /** The same without a last batch that would be smaller than the others. */
  public DataLoader dropLast() {
    return new DataLoader(dataset, batchSize, random, true);
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
    int[] order = random == null ? Records.all(dataset) : shuffled(random);
    return new Epoch(order);
  }

  private int[] shuffled(Philox generator) {
    int[] lengths = dataset.lengths();
    return lengths.length == 0
        ? generator.permutation(dataset.size())
        : LengthBuckets.order(lengths, batchSize, generator);
  }

  private final class Epoch implements Iterator<Batch> {
    private final int[] order;
    private int next;

    Epoch(int[] order) {
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
      return dataset.batch(Arrays.copyOfRange(order, from, from + count));
    }
  }
}
