package org.lawu.data;

import org.lawu.tensor.Tensor;

/** All records in two tensors in memory. */
record TensorDataset(Batch all) implements Dataset {

  /** Contiguous once, as selecting rows would otherwise make everything so for each batch. */
  TensorDataset {
    all = new Batch(contiguous(all.features()), contiguous(all.labels()));
  }

  private static Tensor contiguous(Tensor tensor) {
    return tensor.detach().reshape(tensor.shape().elements()).reshape(tensor.shape());
  }

  @Override
  public int size() {
    return all.size();
  }

  @Override
  public Batch batch(int[] records) {
    Records.check("batch", records, size());
    return new Batch(
        Records.select(all.features(), records), Records.select(all.labels(), records));
  }

  @Override
  public Tensor features() {
    return all.features();
  }

  @Override
  public Tensor labels() {
    return all.labels();
  }

  @Override
  public String toString() {
    return "Dataset of %d records, features %s, labels %s"
        .formatted(size(), all.features().shape(), all.labels().shape());
  }
}
