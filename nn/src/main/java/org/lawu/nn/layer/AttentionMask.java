package org.lawu.nn.layer;

import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/**
 * Which keys a query may attend to.
 *
 * <pre>{@code
 * AttentionMask mask = AttentionMask.causal().and(AttentionMask.padding(tokens.notEqual(0)));
 * Tensor y = attention.forward(x, mask, Pass.inference());
 * }</pre>
 *
 * <p>A query that may attend to nothing at all gets the mean of all values (in PyTorch: NaN).
 */
@FunctionalInterface
public interface AttentionMask {
  /** A score so low that its share is exactly 0 beside any other, and that stays finite. */
  double MASKED = -1e30;

  /**
   * Changes the scores before the softmax.
   *
   * @param scores {@code [n, ..., t, s]}: of {@code t} queries and {@code s} keys
   */
  Tensor apply(Tensor scores);

  /** Every query attends to every key. */
  static AttentionMask none() {
    return new KnownMask.None();
  }

  /**
   * A query attends to keys up to its own time. If there are more keys than queries, the last query
   * is at the time of the last key.
   */
  static AttentionMask causal() {
    return new KnownMask.Causal();
  }

  /**
   * Keys that only fill up are not attended to.
   *
   * @param attend BOOL {@code [n, s]}: true for a key that counts, false for padding (PyTorch's
   *     {@code key_padding_mask} says the opposite)
   * @throws DTypeException if it is not BOOL
   * @throws ShapeException if it is not {@code [n, s]}
   */
  static AttentionMask padding(Tensor attend) {
    if (attend.dtype() != DType.BOOL) {
      throw new DTypeException(
          "attention: the padding mask must be BOOL (true = attend), got %s %s"
              .formatted(attend.dtype(), attend.shape()));
    }
    if (attend.rank() != 2) {
      throw new ShapeException(
          "attention: the padding mask must be [batch, keys], got %s".formatted(attend.shape()));
    }
    return new KnownMask.Padding(attend);
  }

  /**
   * Numbers added to the scores: negative infinity forbids, others prefer.
   *
   * @param bias of the scores' type and a shape that broadcasts to theirs, such as {@code [t, s]}
   */
  static AttentionMask additive(Tensor bias) {
    return new KnownMask.Additive(bias);
  }

  /** This mask and another. */
  default AttentionMask and(AttentionMask other) {
    return this instanceof KnownMask first && other instanceof KnownMask second
        ? new KnownMask.Both(first, second)
        : scores -> other.apply(apply(scores));
  }
}
