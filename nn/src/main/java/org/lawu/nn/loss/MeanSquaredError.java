package org.lawu.nn.loss;

import org.lawu.tensor.Tensor;

/**
 * {@code (prediction - target)^2}, for regression; PyTorch's {@code MSELoss}.
 *
 * <pre>{@code
 * Tensor loss = new MeanSquaredError().of(Tensor.of(1f, 2f), Tensor.of(1f, 4f)); // 2
 * }</pre>
 *
 * <p>Shapes: two tensors of one shape and one floating type.
 *
 * @param reduction the mean over all elements by default
 */
public record MeanSquaredError(Reduction reduction) implements Loss {

  /** The mean. */
  public MeanSquaredError() {
    this(Reduction.MEAN);
  }

  /** The same with another reduction. */
  public MeanSquaredError reduction(Reduction reduction) {
    return new MeanSquaredError(reduction);
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
    Operands.check("meanSquaredError", prediction, target);
    return prediction.sub(target).square();
  }
}
