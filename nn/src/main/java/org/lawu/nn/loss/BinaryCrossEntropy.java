package org.lawu.nn.loss;

import org.lawu.tensor.Autograd;
import org.lawu.tensor.Tensor;

/**
 * The loss of yes-or-no questions: {@code -(t log p + (1 - t) log(1 - p))} with the target {@code
 * t} in 0 to 1. By default the prediction is a logit {@code x} with {@code p = 1 / (1 + e^-x)},
 * which is exact for large {@code x} too; PyTorch's {@code BCEWithLogitsLoss}. With {@link
 * #fromProbabilities} it is {@code p} itself, and logarithms are held at -100 or above; PyTorch's
 * {@code BCELoss}.
 *
 * <pre>{@code
 * Tensor loss = new BinaryCrossEntropy().of(Tensor.of(0f, 3f), Tensor.of(1f, 1f)); // 0.3709
 * }</pre>
 *
 * <p>Shapes: two tensors of one shape and one floating type.
 */
public final class BinaryCrossEntropy implements Loss {
  private final boolean probabilities;
  private final Reduction reduction;

  private BinaryCrossEntropy(boolean probabilities, Reduction reduction) {
    this.probabilities = probabilities;
    this.reduction = reduction;
  }

  /** From logits, the mean over all elements. */
  public BinaryCrossEntropy() {
    this(false, Reduction.MEAN);
  }

  /** The same for predictions that are probabilities, such as those of a sigmoid layer. */
  public BinaryCrossEntropy fromProbabilities() {
    return new BinaryCrossEntropy(true, reduction);
  }

  /** The same with another reduction. */
  public BinaryCrossEntropy reduction(Reduction reduction) {
    return new BinaryCrossEntropy(probabilities, reduction);
  }

  /**
   * The loss of a batch.
   *
   * @throws org.lawu.error.ShapeException if the shapes differ
   * @throws org.lawu.error.DTypeException if the types differ or are not floating
   * @throws org.lawu.error.ArgumentException if what should be a probability is not in 0 to 1
   */
  @Override
  public Tensor of(Tensor prediction, Tensor target) {
    return reduction.apply(losses(prediction, target));
  }

  @Override
  public Tensor of(Tensor prediction, Tensor target, Tensor weights) {
    return reduction.apply(losses(prediction, target), weights);
  }

  private Tensor losses(Tensor prediction, Tensor target) {
    Operands.check("binaryCrossEntropy", prediction, target);
    return probabilities
        ? Autograd.apply(new ProbabilityCrossEntropy(), prediction, target)
        : ofLogits(prediction, target);
  }

  /** With {@code -log p = softplus(-x)} and {@code -log(1 - p) = softplus(x)}. */
  static Tensor ofLogits(Tensor logits, Tensor target) {
    Tensor yes = target.mul(logits.neg().softplus());
    Tensor no = oneMinus(target).mul(logits.softplus());
    return yes.add(no);
  }

  static Tensor oneMinus(Tensor x) {
    return x.neg().add(1);
  }

  @Override
  public String toString() {
    return "BinaryCrossEntropy[probabilities=%s, reduction=%s]".formatted(probabilities, reduction);
  }
}
