package org.lawu.data;

import java.util.function.UnaryOperator;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/** The records of another data set with features that a function makes of its. */
record MappedDataset(Dataset source, UnaryOperator<Tensor> function) implements Dataset {

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public Batch batch(int[] records) {
    Batch batch = source.batch(records);
    return new Batch(function.apply(batch.features()), batch.labels(), batch.weights());
  }

  @Override
  public Dataset epoch(Philox random) {
    return new MappedDataset(source.epoch(random), function);
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
