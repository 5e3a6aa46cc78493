package org.lawu.nn.loss;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.IndexException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Checked class labels of a batch and the weight of each row: that of its class, and 0 where the
 * label is to be ignored.
 *
 * @param labels INT32 {@code [rows]}, each a class; 0 stands where the label is ignored
 * @param rowWeights {@code [rows]}, or null where all are 1
 * @param kept {@code [rows]}, 1 but 0 where the label is ignored; null where none is
 */
record ClassLabels(Tensor labels, @Nullable Tensor rowWeights, @Nullable Tensor kept) {

  static ClassLabels of(
      String loss, Tensor prediction, Tensor target, int ignored, @Nullable Tensor classWeights) {
    checkRows(loss, prediction, target);
    int classes = prediction.size(-1);
    checkWeights(loss, classes, classWeights);
    int[] labels = target.toIntArray();
    double[] kept = new double[labels.length];
    Arrays.fill(kept, 1);
    boolean all = true;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == ignored) {
        labels[i] = 0;
        kept[i] = 0;
        all = false;
      } else if (labels[i] < 0 || labels[i] >= classes) {
        throw new IndexException(
            "%s: label %d (number %d of %s) is out of range 0 to %d; only %d, which is ignored, may"
                    .formatted(loss, labels[i], i, target.shape(), classes - 1, ignored)
                + " be");
      }
    }
    Tensor rows = Tensor.of(labels);
    Tensor keptRows = all ? null : Tensor.of(kept).to(prediction.dtype());
    return new ClassLabels(rows, weights(rows, prediction, keptRows, classWeights), keptRows);
  }

  private static @Nullable Tensor weights(
      Tensor labels, Tensor prediction, @Nullable Tensor kept, @Nullable Tensor classWeights) {
    if (classWeights == null) {
      return kept;
    }
    Tensor weights = classWeights.to(prediction.dtype()).indexSelect(0, labels);
    return kept == null ? weights : weights.mul(kept);
  }

  private static void checkRows(String loss, Tensor prediction, Tensor target) {
    if (!prediction.dtype().isFloating()) {
      throw new DTypeException(
          "%s: predictions must be FLOAT32 or FLOAT64, got %s %s; convert with .to(DType.FLOAT32)"
              .formatted(loss, prediction.dtype(), prediction.shape()));
    }
    if (target.dtype() != DType.INT32) {
      throw new DTypeException(
          "%s: labels must be INT32, got %s %s; convert with .to(DType.INT32)"
              .formatted(loss, target.dtype(), target.shape()));
    }
    int rank = prediction.rank();
    if (rank == 0 || !prediction.shape().slice(0, rank - 1).equals(target.shape())) {
      throw new ShapeException(
          "%s: needs predictions [..., classes] and labels [...], got %s and %s"
              .formatted(loss, prediction.shape(), target.shape()));
    }
  }

  static void checkWeights(String loss, int classes, @Nullable Tensor classWeights) {
    if (classWeights != null && !classWeights.shape().equals(Shape.of(classes))) {
      throw new ShapeException(
          "%s: there are %d classes, but the class weights are %s; give one weight for each"
              .formatted(loss, classes, classWeights.shape()));
    }
  }

  /** Class weights as a user gives them: a vector of numbers that are not negative. */
  static Tensor checkedWeights(String loss, Tensor classWeights) {
    if (classWeights.rank() != 1 || !classWeights.dtype().isFloating()) {
      throw new ShapeException(
          "%s: class weights must be a floating vector [classes], got %s %s"
              .formatted(loss, classWeights.dtype(), classWeights.shape()));
    }
    if (!Arrays.stream(classWeights.toDoubleArray()).allMatch(weight -> weight >= 0)) {
      throw new ArgumentException(
          "%s: class weights must not be negative, got %s".formatted(loss, classWeights));
    }
    return classWeights.detach();
  }

  /** Weighs the losses of the rows. */
  Tensor weighed(Tensor losses) {
    return rowWeights == null ? losses : counted(losses).mul(rowWeights);
  }

  /** The losses of the rows, 0 for those that are ignored, where they may be infinite or NaN. */
  Tensor counted(Tensor losses) {
    return kept == null ? losses : losses.maskedFill(kept.equal(0), 0);
  }

  /**
   * Reduces the losses of the rows, weighed already. The mean is by the weights of the rows, as in
   * PyTorch, so that what is ignored does not count.
   */
  Tensor reduce(Reduction reduction, Tensor losses, Shape shape) {
    return switch (reduction) {
      case MEAN -> rowWeights == null ? losses.mean() : losses.sum().div(rowWeights.sum());
      case SUM -> losses.sum();
      case NONE -> losses.reshape(shape);
    };
  }

  /** The same with weights or a mask of shape {@code shape} or its first axes. */
  Tensor reduce(Reduction reduction, Tensor losses, Shape shape, Tensor weights) {
    Tensor shaped = losses.reshape(shape);
    if (reduction != Reduction.MEAN || rowWeights == null) {
      return reduction.apply(shaped, weights);
    }
    Tensor counted = rowWeights.reshape(shape);
    Tensor divisor =
        Weights.areMask(weights) ? Reduction.SUM.apply(counted, weights) : counted.sum();
    return Reduction.SUM.apply(shaped, weights).div(divisor);
  }

  /** The weights of classes as a loss shows them. */
  static String text(@Nullable Tensor classWeights) {
    return classWeights == null ? "none" : Arrays.toString(classWeights.toDoubleArray());
  }
}
