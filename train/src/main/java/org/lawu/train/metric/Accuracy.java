package org.lawu.train.metric;

import java.util.Arrays;
import org.lawu.error.ShapeException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/**
 * The share of rows whose largest prediction is at the right class.
 *
 * <p>Shapes: logits or probabilities {@code [..., classes]}, and INT32 labels {@code [...]} or
 * one-hot rows {@code [..., classes]}, of which the largest element is the class. For yes-or-no
 * questions see {@link BinaryAccuracy}.
 */
public final class Accuracy implements Metric {
  private final int ignored;

  private Accuracy(int ignored) {
    this.ignored = ignored;
  }

  /** Accuracy over all rows but those with the label -100. */
  public Accuracy() {
    this(-100);
  }

  /** Accuracy without the rows of a label, as in the loss; -100 by default. */
  public Accuracy ignoreIndex(int label) {
    return new Accuracy(label);
  }

  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public Accumulator accumulator() {
    return new Rows();
  }

  private final class Rows extends Share {

    @Override
    public void add(Tensor prediction, Tensor target) {
      int[] labels = labels(prediction, target);
      int[] answers = prediction.argMax(-1).toIntArray();
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] != ignored) {
          count(labels[i] == answers[i]);
        }
      }
    }
  }

  private static int[] labels(Tensor prediction, Tensor target) {
    int[] sizes = prediction.shape().toArray();
    boolean questions = target.dtype().isFloating() && sizes.length == 1;
    if (questions || (sizes.length > 0 && sizes[sizes.length - 1] == 1)) {
      throw new ShapeException(
          ("accuracy: the prediction %s has one answer a row, not one for each class; use"
                  + " BinaryAccuracy")
              .formatted(prediction.shape()));
    }
    if (sizes.length > 0) {
      int[] rows = Arrays.copyOf(sizes, sizes.length - 1);
      if (target.dtype() == DType.INT32 && Arrays.equals(target.shape().toArray(), rows)) {
        return target.toIntArray();
      }
      if (target.dtype().isFloating() && target.shape().equals(prediction.shape())) {
        return target.argMax(-1).toIntArray();
      }
    }
    throw new ShapeException(
        ("accuracy: labels must be INT32 with the shape of the prediction but for its last axis, or"
                + " one-hot with all of it: the prediction is %s, the labels are %s %s")
            .formatted(prediction.shape(), target.dtype(), target.shape()));
  }

  @Override
  public String toString() {
    return "Accuracy[ignoreIndex=" + ignored + "]";
  }
}
