package org.lawu.data;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
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

  /**
   * The records of several batches in one, such as those that {@link Pipeline#of(Dataset)} gives.
   *
   * @throws org.lawu.error.ArgumentException if there is none, or only some have weights
   * @throws ShapeException if they differ in other sizes than the first
   * @throws org.lawu.error.DTypeException if they differ in their types
   */
  public static Batch concat(List<Batch> batches) {
    long weighted = batches.stream().filter(batch -> batch.weights() != null).count();
    if (batches.isEmpty() || (weighted > 0 && weighted < batches.size())) {
      throw new ArgumentException(
          "concat: there must be batches, all or none with weights; got %d, %d with weights"
              .formatted(batches.size(), weighted));
    }
    return new Batch(
        Tensor.concat(0, batches.stream().map(Batch::features).toList()),
        Tensor.concat(0, batches.stream().map(Batch::labels).toList()),
        weighted == 0
            ? null
            : Tensor.concat(
                0, batches.stream().map(Batch::weights).filter(Objects::nonNull).toList()));
  }

  /** The number of records. */
  public int size() {
    return features.size(0);
  }
}
