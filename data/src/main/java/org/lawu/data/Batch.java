package org.lawu.data;

import org.jspecify.annotations.Nullable;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Tensor;

/**
 * Some records of a {@link Dataset}.
 *
 * @param features what a model is given, {@code [n, ...]}
 * @param labels what it should answer, {@code [n, ...]}: INT32 classes {@code [n]}, or FLOAT32
 *     targets
 * @param weights how much each record counts, {@code [n, ...]}: floating numbers or a BOOL mask;
 *     null where all count alike
 */
public record Batch(Tensor features, Tensor labels, @Nullable Tensor weights) {

  /**
   * Checks that features, labels and weights belong together.
   *
   * @throws ShapeException if their first sizes differ or one is a scalar
   */
  public Batch {
    if (features.rank() == 0 || labels.rank() == 0 || features.size(0) != labels.size(0)) {
      throw new ShapeException(
          "batch: first sizes must be equal, the number of records: features %s and labels %s"
              .formatted(features.shape(), labels.shape()));
    }
    if (weights != null && (weights.rank() == 0 || weights.size(0) != features.size(0))) {
      throw new ShapeException(
          "batch: there must be a weight for each of %d records, got weights %s"
              .formatted(features.size(0), weights.shape()));
    }
  }

  /** Records that all count alike. */
  public Batch(Tensor features, Tensor labels) {
    this(features, labels, null);
  }

  /** The number of records. */
  public int size() {
    return features.size(0);
  }
}
