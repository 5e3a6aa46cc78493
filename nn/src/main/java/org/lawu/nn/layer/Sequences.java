package org.lawu.nn.layer;

import org.lawu.error.ShapeException;
import org.lawu.tensor.Tensor;

/** Checks of sequences of vectors. */
final class Sequences {
  private Sequences() {}

  /** It is {@code [batch, time, dim]}. */
  static void check(String layer, String what, Tensor x, int dim) {
    if (x.rank() != 3 || x.size(2) != dim) {
      throw new ShapeException(
          "%s: %s must be [batch, time, %d], got %s".formatted(layer, what, dim, x.shape()));
    }
  }

  /** Both have one batch size. */
  static void checkBatch(String layer, String what, Tensor x, String otherWhat, Tensor other) {
    if (x.size(0) != other.size(0)) {
      throw new ShapeException(
          "%s: %s and %s must have one batch size, got %s and %s"
              .formatted(layer, what, otherWhat, x.shape(), other.shape()));
    }
  }
}
