package org.lawu.nn.loss;

import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/**
 * The loss of classification, from logits: {@code -log softmax(x)[label]} for each row {@code x},
 * or {@code -sum_c t_c log softmax(x)_c} where the target is a row {@code t} of probabilities;
 * PyTorch's {@code CrossEntropyLoss}. The model needs no softmax at its end.
 *
 * <pre>{@code
 * Tensor logits = Tensor.of(new float[] {2, 1, 0, 0, 1, 2}, 2, 3);
 * Tensor loss = new CrossEntropy().of(logits, Tensor.of(0, 2)); // 0.4076
 * Tensor smoothed = new CrossEntropy().labelSmoothing(0.1).of(logits, Tensor.of(0, 2)); // 0.5076
 * }</pre>
 *
 * <p>Shapes: logits {@code [..., classes]}, with the classes on the last axis (PyTorch has them on
 * axis 1), and either INT32 labels {@code [...]} or probabilities of the shape and type of the
 * logits. {@link Reduction#NONE} gives {@code [...]}.
 */
public final class CrossEntropy implements Loss {
  /** The label that is ignored unless another is chosen. */
  static final int IGNORED = -100;

  private static final String NAME = "crossEntropy";

  private final double smoothing;
  private final int ignoreIndex;
  private final @Nullable Tensor classWeights;
  private final Reduction reduction;

  private CrossEntropy(
      double smoothing, int ignoreIndex, @Nullable Tensor classWeights, Reduction reduction) {
    this.smoothing = smoothing;
    this.ignoreIndex = ignoreIndex;
    this.classWeights = classWeights;
    this.reduction = reduction;
  }

  /** The mean over all rows. */
  public CrossEntropy() {
    this(0, IGNORED, null, Reduction.MEAN);
  }

  /**
   * The same, aiming at {@code (1 - smoothing) t + smoothing / classes}. Szegedy et al.,
   * "Rethinking the Inception architecture for computer vision" (CVPR 2016).
   *
   * @throws ArgumentException if the smoothing is not in 0 to 1
   */
  public CrossEntropy labelSmoothing(double smoothing) {
    if (!(smoothing >= 0 && smoothing <= 1)) {
      throw new ArgumentException(
          "crossEntropy: the label smoothing must be in 0 to 1, got " + smoothing);
    }
    return new CrossEntropy(smoothing, ignoreIndex, classWeights, reduction);
  }

  /**
   * The same with a label whose rows count for nothing, neither in the sum nor in the mean; -100 by
   * default. The mean over nothing but such rows is NaN, as in PyTorch.
   */
  public CrossEntropy ignoreIndex(int label) {
    return new CrossEntropy(smoothing, label, classWeights, reduction);
  }

  /**
   * The same with a weight for each class. With labels the mean is divided by the sum of the
   * weights of the labels; with probabilities it is the plain mean over the rows, as in PyTorch.
   *
   * @param weights a vector {@code [classes]}
   * @throws org.lawu.error.LawuException if it is not a floating vector without negative numbers
   */
  public CrossEntropy classWeights(Tensor weights) {
    return new CrossEntropy(
        smoothing, ignoreIndex, ClassLabels.checkedWeights(NAME, weights), reduction);
  }

  /** The same with another reduction. */
  public CrossEntropy reduction(Reduction reduction) {
    return new CrossEntropy(smoothing, ignoreIndex, classWeights, reduction);
  }

  /**
   * The loss of a batch.
   *
   * @param prediction logits {@code [..., classes]}
   * @param target INT32 labels {@code [...]}, or probabilities {@code [..., classes]}
   * @throws org.lawu.error.IndexException if a label is no class and not the ignored one
   * @throws org.lawu.error.ShapeException if the shapes do not fit
   * @throws DTypeException if the types do not fit
   * @throws ArgumentException if a label is to be ignored, but the target has probabilities
   */
  @Override
  public Tensor of(Tensor prediction, Tensor target) {
    if (target.dtype() != DType.INT32) {
      return reduction.apply(ofProbabilities(prediction, target));
    }
    var rows = rows(prediction, target);
    return rows.reduce(reduction, ofLabels(prediction, target, rows), target.shape());
  }

  @Override
  public Tensor of(Tensor prediction, Tensor target, Tensor weights) {
    if (target.dtype() != DType.INT32) {
      return reduction.apply(ofProbabilities(prediction, target), weights);
    }
    var rows = rows(prediction, target);
    return rows.reduce(reduction, ofLabels(prediction, target, rows), target.shape(), weights);
  }

  private ClassLabels rows(Tensor prediction, Tensor target) {
    return ClassLabels.of(NAME, prediction, target, ignoreIndex, classWeights);
  }

  private Tensor ofLabels(Tensor prediction, Tensor target, ClassLabels rows) {
    Tensor logits = prediction.reshape(target.shape().elements(), prediction.size(-1));
    Tensor losses = rows.weighed(logits.crossEntropy(rows.labels()));
    if (smoothing > 0) {
      Tensor even = againstAll(logits.logSoftmax(-1)).mul(smoothing / logits.size(-1));
      losses = losses.mul(1 - smoothing).add(rows.counted(even));
    }
    return losses;
  }

  private Tensor ofProbabilities(Tensor prediction, Tensor target) {
    if (ignoreIndex != IGNORED) {
      throw new ArgumentException(
          "crossEntropy: ignoreIndex %d needs INT32 labels, got %s %s"
              .formatted(ignoreIndex, target.dtype(), target.shape()));
    }
    if (prediction.dtype() != target.dtype()) {
      throw new DTypeException(
          "%s: the target must be INT32 labels [...] or %s probabilities [..., classes], got %s %s;"
                  .formatted(NAME, prediction.dtype(), target.dtype(), target.shape())
              + " convert with .to(...)");
    }
    Operands.check(NAME, prediction, target);
    int classes = prediction.size(-1);
    ClassLabels.checkWeights(NAME, classes, classWeights);
    Tensor aim = smoothing == 0 ? target : target.mul(1 - smoothing).add(smoothing / classes);
    return againstAll(prediction.logSoftmax(-1).mul(aim));
  }

  /** {@code -sum_c w_c x_c} for each row. */
  private Tensor againstAll(Tensor rows) {
    Tensor weighed = classWeights == null ? rows : rows.mul(classWeights.to(rows.dtype()));
    return weighed.sum(-1).neg();
  }

  @Override
  public String toString() {
    return "CrossEntropy[smoothing=%s, ignoreIndex=%d, classWeights=%s, reduction=%s]"
        .formatted(smoothing, ignoreIndex, ClassLabels.text(classWeights), reduction);
  }
}
