package org.lawu.nn.loss;

import org.lawu.tensor.Tensor;

/**
 * The negative log-likelihood of counts {@code t} with a Poisson distribution: {@code e^x - t x},
 * where {@code x} is the logarithm of the expected count, or without {@code logInput} {@code x - t
 * log(x + 1e-8)}, where it is the count itself. The term {@code log t!}, which does not depend on
 * the prediction, is left out. PyTorch's {@code PoissonNLLLoss}.
 *
 * <pre>{@code
 * Tensor loss = new PoissonNll().of(Tensor.of(0f, 1f), Tensor.of(2f, 3f)); // (1 + (e - 3)) / 2
 * }</pre>
 *
 * <p>Shapes: two tensors of one shape and one floating type.
 *
 * @param logInput whether the prediction is a logarithm; true by default
 * @param reduction the mean over all elements by default
 */
public record PoissonNll(boolean logInput, Reduction reduction) implements Loss {
  private static final double EPSILON = 1e-8;

  /** From logarithms, the mean over all elements. */
  public PoissonNll() {
    this(true, Reduction.MEAN);
  }

  /** From logarithms, with a reduction. */
  public PoissonNll(Reduction reduction) {
    this(true, reduction);
  }

  /** The same with another reduction. */
  public PoissonNll reduction(Reduction reduction) {
    return new PoissonNll(logInput, reduction);
  }

  @Override
  public Tensor of(Tensor prediction, Tensor target) {
    return reduction.apply(losses(prediction, target));
  }

  @Override
  public Tensor of(Tensor prediction, Tensor target, Tensor weights) {
    return reduction.apply(losses(prediction, target), weights);
  }

  private Tensor losses(Tensor prediction, Tensor target) {
    Operands.check("poissonNll", prediction, target);
    return logInput
        ? prediction.exp().sub(target.mul(prediction))
        : prediction.sub(target.mul(prediction.add(EPSILON).log()));
  }
}
