package org.lawu.nn.layer;

import java.util.Arrays;
import org.lawu.error.ShapeException;
import org.lawu.tensor.DotProductAttention;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/** A mask that {@link DotProductAttention} can apply while it computes. */
sealed interface KnownMask extends AttentionMask {

  /** The computation with this mask, for scores of the given shape. */
  DotProductAttention onto(DotProductAttention how, Shape scores);

  /** Scores that a mask of truths lets through. */
  private static Tensor only(Tensor attend, Tensor scores) {
    return Tensor.where(attend, scores, Tensor.scalar(MASKED, scores.dtype()));
  }

  /** See {@link AttentionMask#none}. */
  record None() implements KnownMask {
    @Override
    public Tensor apply(Tensor scores) {
      return scores;
    }

    @Override
    public DotProductAttention onto(DotProductAttention how, Shape scores) {
      return how;
    }
  }

  /** See {@link AttentionMask#causal}. */
  record Causal() implements KnownMask {
    @Override
    public Tensor apply(Tensor scores) {
      int queries = scores.size(-2);
      int keys = scores.size(-1);
      Tensor own = Tensor.arange(queries).add(keys - queries).unsqueeze(1);
      return only(Tensor.arange(keys).lessEqual(own), scores);
    }

    @Override
    public DotProductAttention onto(DotProductAttention how, Shape scores) {
      return how.causal();
    }
  }

  /** See {@link AttentionMask#padding}. */
  record Padding(Tensor attend) implements KnownMask {
    @Override
    public Tensor apply(Tensor scores) {
      return only(over(scores.shape()), scores);
    }

    @Override
    public DotProductAttention onto(DotProductAttention how, Shape scores) {
      return how.allowed(over(scores));
    }

    /** With axes of size 1 between those of the batch and the keys. */
    private Tensor over(Shape scores) {
      if (attend.size(0) != scores.size(0) || attend.size(1) != scores.size(-1)) {
        throw new ShapeException(
            "attention: the padding mask must be [batch, keys] = [%d, %d], got %s"
                .formatted(scores.size(0), scores.size(-1), attend.shape()));
      }
      int[] sizes = new int[scores.rank()];
      Arrays.fill(sizes, 1);
      sizes[0] = attend.size(0);
      sizes[sizes.length - 1] = attend.size(1);
      return attend.reshape(Shape.of(sizes));
    }
  }

  /** See {@link AttentionMask#additive}. */
  record Additive(Tensor bias) implements KnownMask {
    @Override
    public Tensor apply(Tensor scores) {
      return scores.add(over(scores.shape()));
    }

    @Override
    public DotProductAttention onto(DotProductAttention how, Shape scores) {
      return how.bias(over(scores));
    }

    private Tensor over(Shape scores) {
      if (!bias.shape().broadcastsTo(scores)) {
        throw new ShapeException(
            "attention: the additive mask must broadcast to the scores %s, got %s"
                .formatted(scores, bias.shape()));
      }
      return bias;
    }
  }

  /** One, then the other. */
  record Both(KnownMask first, KnownMask second) implements KnownMask {
    @Override
    public Tensor apply(Tensor scores) {
      return second.apply(first.apply(scores));
    }

    @Override
    public DotProductAttention onto(DotProductAttention how, Shape scores) {
      return second.onto(first.onto(how, scores), scores);
    }
  }
}
