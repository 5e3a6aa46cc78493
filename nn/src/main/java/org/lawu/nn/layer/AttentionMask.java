package org.lawu.nn.layer;

import java.util.Arrays;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
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
    return scores -> scores;
  }

  /**
   * A query attends to keys up to its own time. If there are more keys than queries, the last query
   * is at the time of the last key.
   */
  static AttentionMask causal() {
    return scores -> {
      int queries = scores.size(-2);
      int keys = scores.size(-1);
      Tensor own = Tensor.arange(queries).add(keys - queries).unsqueeze(1);
      return only(Tensor.arange(keys).lessEqual(own), scores);
    };
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
    return scores -> {
      if (attend.size(0) != scores.size(0) || attend.size(1) != scores.size(-1)) {
        throw new ShapeException(
            "attention: the padding mask must be [batch, keys] = [%d, %d], got %s"
                .formatted(scores.size(0), scores.size(-1), attend.shape()));
      }
      int[] sizes = new int[scores.rank()];
      Arrays.fill(sizes, 1);
      sizes[0] = attend.size(0);
      sizes[sizes.length - 1] = attend.size(1);
      return only(attend.reshape(Shape.of(sizes)), scores);
    };
  }

  /**
   * Numbers added to the scores: negative infinity forbids, others prefer.
   *
   * @param bias of the scores' type and a shape that broadcasts to theirs, such as {@code [t, s]}
   */
  static AttentionMask additive(Tensor bias) {
    return scores -> {
      if (!bias.shape().broadcastsTo(scores.shape())) {
        throw new ShapeException(
            "attention: the additive mask must broadcast to the scores %s, got %s"
                .formatted(scores.shape(), bias.shape()));
      }
      return scores.add(bias);
    };
  }

  /** This mask and another. */
  default AttentionMask and(AttentionMask other) {
    return scores -> other.apply(apply(scores));
  }

  private static Tensor only(Tensor attend, Tensor scores) {
    return Tensor.where(attend, scores, Tensor.scalar(MASKED, scores.dtype()));
  }
}
