package org.lawu.nn.loss;

import org.lawu.tensor.Tensor;

/** How the losses of the elements of a batch become one number. */
public enum Reduction {
  /** Their mean, the default of all losses. */
  MEAN,
  /** Their sum. */
  SUM,
  /** They stay as they are. */
  NONE;

  /** The losses, reduced. */
  public Tensor apply(Tensor losses) {
    return switch (this) {
      case MEAN -> losses.mean();
      case SUM -> losses.sum();
      case NONE -> losses;
    };
  }

  /**
   * The losses, weighed and reduced, as {@link Loss#of(Tensor, Tensor, Tensor)} describes it.
   *
   * @param weights floating numbers or a BOOL mask, for each loss or for leading axes
   * @throws org.lawu.error.ShapeException if their shape is not that of leading axes of the losses
   * @throws org.lawu.error.DTypeException if they are INT32
   */
  public Tensor apply(Tensor losses, Tensor weights) {
    Tensor spread = Weights.spread(weights, losses.shape());
    if (!Weights.areMask(weights)) {
      return apply(losses.mul(spread.to(losses.dtype())));
    }
    Tensor kept = losses.maskedFill(spread.not(), 0);
    return this == MEAN ? kept.sum().div(spread.to(losses.dtype()).sum()) : apply(kept);
  }
}
