package org.lawu.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.lawu.error.IndexException;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * Numbered records, each with features and labels. A data set never changes, so any number of
 * threads may read it.
 *
 * <pre>{@code
 * Dataset iris = Dataset.of(table.floats("length", "width"), table.labels("species"));
 * for (Batch batch : new DataLoader(iris, 32).shuffle(new Philox(1))) {
 *   ...
 * }
 * }</pre>
 *
 * <p>Who writes another kind, such as one that reads a file for each record, implements {@link
 * #size()} and {@link #batch(int[])}.
 */
public interface Dataset {

  /** The number of records. */
  int size();

  /**
   * The records with the given numbers, in that order; a number may come more than once.
   *
   * @throws IndexException if a number is not in {@code 0 .. size() - 1}
   */
  Batch batch(int[] records);

  /** The features of all records, {@code [size, ...]}, which may need much memory. */
  default Tensor features() {
    return batch(Records.all(this)).features();
  }

  /** The labels of all records, {@code [size, ...]}. Reads the features too, but keeps few. */
  default Tensor labels() {
    if (size() == 0) {
      return batch(new int[0]).labels();
    }
    List<Tensor> parts = new ArrayList<>();
    for (Batch batch : new DataLoader(this, 1024)) {
      parts.add(batch.labels());
    }
    return Tensor.concat(0, parts);
  }

  /**
   * The records with the given numbers as a data set of its own, without a copy.
   *
   * @throws IndexException if a number is not in {@code 0 .. size() - 1}
   */
  default Dataset subset(int[] records) {
    return new Subset(this, records);
  }

  /**
   * The records {@code from} (inclusive) to {@code to} (exclusive), without a copy.
   *
   * @throws IndexException if that is no part of {@code 0 .. size()}
   */
  default Dataset subset(int from, int to) {
    if (from < 0 || from > to || to > size()) {
      throw new IndexException(
          "subset: records %d to %d are no part of 0 to %d".formatted(from, to, size()));
    }
    return subset(IntStream.range(from, to).toArray());
  }

  /**
   * The same records with features that a function makes of these, batch by batch, as in {@code
   * dataset.mapFeatures(scaler::transform)}.
   */
  default Dataset mapFeatures(UnaryOperator<Tensor> function) {
    return new MappedDataset(this, function);
  }

  /**
   * The same records, of which some count more than others in a loss, or not at all; instead of
   * weights they had.
   *
   * @param weights floating numbers or a BOOL mask, {@code [size]}, or {@code [size, ...]} where
   *     parts of a record count differently
   * @throws org.lawu.error.ShapeException if the first size differs from that of the data set
   * @throws org.lawu.error.DTypeException if they are INT32
   */
  default Dataset weighted(Tensor weights) {
    return new WeightedDataset(this, weights);
  }

  /**
   * The same records with features that are changed at random in training, each time in another
   * way: in the epochs of a {@link DataLoader} that has a generator, as a trainer's has. Asked for
   * otherwise, as in evaluation, they are as they were.
   *
   * <p>What becomes of a record depends on the loader's generator, the epoch and the record's
   * number here, and on nothing else: not on the order of records or on threads. So with {@code
   * Fit.seed} a training repeats to the bit.
   */
  default Dataset augment(Augmentation augmentation) {
    return new AugmentedDataset(this, augmentation, null);
  }

  /**
   * The records as one epoch of training sees them. That differs for those that are {@link #augment
   * augmented}; this method returns the data set itself. A data set that wraps another passes it
   * on, or takes part in no augmentation of what it wraps.
   *
   * @param random the generator of this epoch
   */
  default Dataset epoch(Philox random) {
    return this;
  }

  /**
   * The records of two tensors in memory, without a copy.
   *
   * @param features {@code [n, ...]}
   * @param labels {@code [n, ...]}
   * @throws org.lawu.error.ShapeException if the first sizes differ or one is a scalar
   */
  static Dataset of(Tensor features, Tensor labels) {
    return new TensorDataset(new Batch(features, labels));
  }
}
