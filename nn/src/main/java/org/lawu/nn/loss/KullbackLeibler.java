package org.lawu.nn.loss;

import org.lawu.error.ArgumentException;
import org.lawu.tensor.Tensor;

/**
 * How far a predicted distribution is from the target's: {@code t (log t - x)} for each element,
 * where {@code x} is the logarithm of the predicted probability and {@code t} the wanted
 * probability; 0 where {@code t} is. Kullback and Leibler, "On information and sufficiency" (1951);
 * PyTorch's {@code KLDivLoss}.
 *
 * <pre>{@code
 * Tensor loss = new KullbackLeibler().of(logits.logSoftmax(-1), teacher.softmax(-1));
 * }</pre>
 *
 * <p>Shapes: two tensors {@code [batch, ...]} of one shape and one floating type.
 *
 * @param meanOverElements whether the mean counts elements instead of the first axis; only the mean
 *     over the first axis, the default, is the divergence (PyTorch's {@code batchmean})
 * @param reduction the mean by default
 */
public record KullbackLeibler(boolean meanOverElements, Reduction reduction) implements Loss {
  /** Stands for a probability of zero, times which its logarithm is zero. */
  private static final double SMALLEST = Float.MIN_NORMAL;

  /** The mean over the first axis. */
  public KullbackLeibler() {
    this(Reduction.MEAN);
  }

  /** With a reduction, where the mean is that over the first axis. */
  public KullbackLeibler(Reduction reduction) {
    this(false, reduction);
  }

  /** The same with another reduction. */
  public KullbackLeibler reduction(Reduction reduction) {
    return new KullbackLeibler(meanOverElements, reduction);
  }

  /**
   * The loss of a batch.
   *
   * @throws org.lawu.error.ShapeException if the shapes differ
   * @throws org.lawu.error.DTypeException if the types differ or are not floating
   * @throws ArgumentException if a target is negative or NaN
   */
  @Override
  public Tensor of(Tensor prediction, Tensor target) {
    Tensor losses = losses(prediction, target);
    return isDivergence(losses) ? losses.sum().div(losses.size(0)) : reduction.apply(losses);
  }

  /**
   * The loss of a batch of which some parts count more than others. The mean over the first axis is
   * that over the elements times their number in a row, so a mask over rows leaves out rows.
   */
  @Override
  public Tensor of(Tensor prediction, Tensor target, Tensor weights) {
    Tensor losses = losses(prediction, target);
    Tensor reduced = reduction.apply(losses, weights);
    return isDivergence(losses)
        ? reduced.mul((double) losses.shape().elements() / losses.size(0))
        : reduced;
  }

  private boolean isDivergence(Tensor losses) {
    return reduction == Reduction.MEAN && !meanOverElements && losses.rank() > 0;
  }

  private static Tensor losses(Tensor prediction, Tensor target) {
    Operands.check("kullbackLeibler", prediction, target);
    if (target.shape().elements() > 0 && !(target.min().item() >= 0)) {
      throw new ArgumentException(
          "kullbackLeibler: targets must be probabilities, got %s; the prediction alone is given as"
                  .formatted(target.min().item())
              + " logarithms");
    }
    Tensor losses = target.mul(target.maximum(SMALLEST).log().sub(prediction));
    // Also where the prediction is the logarithm of 0.
    return losses.maskedFill(target.equal(0), 0);
  }
}
