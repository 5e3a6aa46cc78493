package org.lawu.train;

import java.util.List;
import org.lawu.data.Batch;
import org.lawu.error.ShapeException;
import org.lawu.nn.loss.Loss;
import org.lawu.tensor.Tensor;

/** The loss of batches whose records, or their classes, may have weights. */
record BatchLoss(Loss loss, List<Double> classWeights) {

  /** One number. */
  Tensor of(Tensor prediction, Batch batch) {
    Tensor weights = ClassWeights.of(batch, classWeights);
    Tensor value =
        weights == null
            ? loss.of(prediction, batch.labels())
            : loss.of(prediction, batch.labels(), weights);
    if (value.shape().elements() != 1) {
      throw new ShapeException(
          "trainer: the loss of a batch must be one number, got %s; give the loss Reduction.MEAN"
              .formatted(value.shape()));
    }
    return value;
  }
}
