package org.lawu.nn.loss;

import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Tensor;

/** What losses that compare element by element ask of their two tensors. */
final class Operands {
  private Operands() {}

  /** Broadcasting would compare every prediction with every target, and hardly ever be meant. */
  static void check(String loss, Tensor prediction, Tensor target) {
    if (!prediction.dtype().isFloating() || prediction.dtype() != target.dtype()) {
      throw new DTypeException(
          "%s: prediction and target must be of one floating type, got %s and %s; convert with"
                  .formatted(loss, prediction.dtype(), target.dtype())
              + " .to(DType.FLOAT32)");
    }
    if (!prediction.shape().equals(target.shape())) {
      throw new ShapeException(
          "%s: prediction and target must have one shape, got %s and %s; reshape one of them"
              .formatted(loss, prediction.shape(), target.shape()));
    }
  }

  /** Losses that compare vectors need an axis to find them along. */
  static void checkFeatures(String loss, Tensor vectors) {
    if (vectors.rank() == 0) {
      throw new ShapeException("%s: needs vectors [..., features], got a scalar".formatted(loss));
    }
  }
}
