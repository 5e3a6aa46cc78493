package org.lawu.nn.loss;

import org.lawu.tensor.Tensor;

/**
 * {@code |prediction - target|}, for regression with outliers; PyTorch's {@code L1Loss}.
 *
 * <pre>{@code
 * Tensor loss = new MeanAbsoluteError().of(Tensor.of(1f, 2f), Tensor.of(1f, 4f)); // 1
 * }</pre>
 *
 * <p>Shapes: two tensors of one shape and one floating type.
 *
 * @param reduction the mean over all elements by default
 */
public record MeanAbsoluteError(Reduction reduction) implements Loss {

  /** The mean. */
  public MeanAbsoluteError() {
    this(Reduction.MEAN);
  }

  /** The same with another reduction. */
  public MeanAbsoluteError reduction(Reduction reduction) {
    return new MeanAbsoluteError(reduction);
  }

  @Override
  public Tensor of(Tensor prediction, Tensor target) {
    return reduction.apply(losses(prediction, target));
  }

  @Override
  public Tensor of(Tensor prediction, Tensor target, Tensor weights) {
    return reduction.apply(losses(prediction, target), weights);
  }

  private static Tensor losses(Tensor prediction, Tensor target) {
    Operands.check("meanAbsoluteError", prediction, target);
    return prediction.sub(target).abs();
  }
}
