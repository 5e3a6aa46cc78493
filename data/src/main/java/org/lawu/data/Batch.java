package org.lawu.data;

import org.lawu.error.ShapeException;
import org.lawu.tensor.Tensor;

/**
 * Some records of a {@link Dataset}.
 *
 * @param features what a model is given, {@code [n, ...]}
 * @param labels what it should answer, {@code [n, ...]}: INT32 classes {@code [n]}, or FLOAT32
 *     targets
 */
public record Batch(Tensor features, Tensor labels) {

  /**
   * Checks that features and labels belong together.
   *
   * @throws ShapeException if their first sizes differ or one is a scalar
   */
  public Batch {
    if (features.rank() == 0 || labels.rank() == 0 || features.size(0) != labels.size(0)) {
      throw new ShapeException(
          "batch: first sizes must be equal, the number of records: features %s and labels %s"
              .formatted(features.shape(), labels.shape()));
    }
  }

  /** The number of records. */
  public int size() {
    return features.size(0);
  }
}
