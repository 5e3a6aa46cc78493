package org.lawu.data;

import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/** The records of another data set with weights. */
record WeightedDataset(Dataset source, Tensor weights) implements Dataset {

  WeightedDataset {
    if (weights.dtype() == DType.INT32) {
      throw new DTypeException(
          "weighted: weights must be floating numbers or a BOOL mask, got INT32 %s; convert with"
                  .formatted(weights.shape())
              + " .to(...)");
    }
    if (weights.rank() == 0 || weights.size(0) != source.size()) {
      throw new ShapeException(
          "weighted: there must be a weight for each of %d records, got weights %s"
              .formatted(source.size(), weights.shape()));
    }
    weights = weights.detach();
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public Batch batch(int[] records) {
    Batch batch = source.batch(records);
    return new Batch(batch.features(), batch.labels(), Records.select(weights, records));
  }

  @Override
  public Dataset epoch(Philox random) {
    return new WeightedDataset(source.epoch(random), weights);
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
