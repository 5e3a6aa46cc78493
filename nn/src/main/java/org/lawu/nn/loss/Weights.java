package org.lawu.nn.loss;

import java.util.Arrays;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/** The weights or the mask of losses; {@link Loss#of(Tensor, Tensor, Tensor)} says what is what. */
final class Weights {
  private Weights() {}

  static boolean areMask(Tensor weights) {
    return weights.dtype() == DType.BOOL;
  }

  /** One weight for each loss: weights of leading axes hold for all losses behind them. */
  static Tensor spread(Tensor weights, Shape losses) {
    if (weights.dtype() == DType.INT32) {
      throw new DTypeException(
          "loss: weights must be floating numbers or a BOOL mask, got INT32 %s; convert with .to(...)"
              .formatted(weights.shape()));
    }
    int rank = weights.rank();
    if (rank > losses.rank() || !losses.slice(0, rank).equals(weights.shape())) {
      throw new ShapeException(
          "loss: weights must have the shape of the losses, %s, or of their first axes, got %s"
              .formatted(losses, weights.shape()));
    }
    int[] sizes = Arrays.copyOf(weights.shape().toArray(), losses.rank());
    Arrays.fill(sizes, rank, sizes.length, 1);
    return weights.reshape(sizes).expand(losses);
  }
}
