package org.lawu.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * The records of another data set, changed at random in an epoch of training and as they are
 * otherwise.
 *
 * @param key from which the changes of an epoch follow; null outside of one
 */
record AugmentedDataset(Dataset source, Augmentation augmentation, @Nullable Long key)
    implements Dataset {

  /** Each record has as many blocks of an epoch's random numbers for itself, as a power of two. */
  private static final int BLOCKS_EACH = 30;

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public Dataset epoch(Philox random) {
    // The source's changes, if it has some, draw from a generator of their own.
    return new AugmentedDataset(source.epoch(random.split()), augmentation, random.nextLong());
  }

  @Override
  public Batch batch(int[] records) {
    Batch batch = source.batch(records);
    if (key == null || records.length == 0) {
      return batch;
    }
    List<Tensor> changed = new ArrayList<>();
    for (int i = 0; i < records.length; i++) {
      // The place in the sequence is the record's number, so that neither the order of records nor
      // who asks for them makes a difference.
      var random = new Philox(new Philox.State(key, (long) records[i] << BLOCKS_EACH));
      changed.add(augmentation.apply(batch.features().select(0, i), random));
    }
    return new Batch(Tensor.stack(0, changed), batch.labels(), batch.weights());
  }

  @Override
  public Tensor labels() {
    return source.labels();
  }

  @Override
  public int[] lengths() {
    return source.lengths();
  }
}
