package org.lawu.nn.loss;

import org.jspecify.annotations.Nullable;
import org.lawu.tensor.Tensor;

/**
 * {@code -x[label]} for rows {@code x} of logarithms of probabilities, such as those of {@link
 * org.lawu.nn.layer.LogSoftmax}; PyTorch's {@code NLLLoss}. {@link CrossEntropy} does both at once,
 * from logits.
 *
 * <pre>{@code
 * Tensor loss = new NegativeLogLikelihood().of(logits.logSoftmax(-1), Tensor.of(2, 0));
 * }</pre>
 *
 * <p>Shapes: {@code [..., classes]} and INT32 labels {@code [...]}.
 */
public final class NegativeLogLikelihood implements Loss {
  private static final String NAME = "negativeLogLikelihood";

  private final int ignoreIndex;
  private final @Nullable Tensor classWeights;
  private final Reduction reduction;

  private NegativeLogLikelihood(
      int ignoreIndex, @Nullable Tensor classWeights, Reduction reduction) {
    this.ignoreIndex = ignoreIndex;
    this.classWeights = classWeights;
    this.reduction = reduction;
  }

  /** The mean over all rows. */
  public NegativeLogLikelihood() {
    this(CrossEntropy.IGNORED, null, Reduction.MEAN);
  }

  /** The same with a label whose rows count for nothing; -100 by default. */
  public NegativeLogLikelihood ignoreIndex(int label) {
    return new NegativeLogLikelihood(label, classWeights, reduction);
  }

  /**
   * The same with a weight for each class; see {@link CrossEntropy#classWeights(Tensor)}.
   *
   * @throws org.lawu.error.LawuException if they are not a floating vector without negative numbers
   */
  public NegativeLogLikelihood classWeights(Tensor weights) {
    return new NegativeLogLikelihood(
        ignoreIndex, ClassLabels.checkedWeights(NAME, weights), reduction);
  }

  /** The same with another reduction. */
  public NegativeLogLikelihood reduction(Reduction reduction) {
    return new NegativeLogLikelihood(ignoreIndex, classWeights, reduction);
  }

  @Override
  public Tensor of(Tensor prediction, Tensor target) {
    var rows = rows(prediction, target);
    return rows.reduce(reduction, losses(prediction, target, rows), target.shape());
  }

  @Override
  public Tensor of(Tensor prediction, Tensor target, Tensor weights) {
    var rows = rows(prediction, target);
    return rows.reduce(reduction, losses(prediction, target, rows), target.shape(), weights);
  }

  private ClassLabels rows(Tensor prediction, Tensor target) {
    return ClassLabels.of(NAME, prediction, target, ignoreIndex, classWeights);
  }

  private static Tensor losses(Tensor prediction, Tensor target, ClassLabels rows) {
    Tensor chosen =
        prediction
            .reshape(target.shape().elements(), prediction.size(-1))
            .gather(1, rows.labels().unsqueeze(-1))
            .squeeze(-1);
    return rows.weighed(chosen.neg());
  }

  @Override
  public String toString() {
    return "NegativeLogLikelihood[ignoreIndex=%d, classWeights=%s, reduction=%s]"
        .formatted(ignoreIndex, ClassLabels.text(classWeights), reduction);
  }
}
