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
}
