package org.lawu.nn.loss;

import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Tensor;

/**
 * Wants pairs that belong together to point in one direction, and others not to: {@code 1 - cos(x,
 * y)} where the target is 1, and {@code max(0, cos(x, y) - margin)} where it is -1. PyTorch's
 * {@code CosineEmbeddingLoss}.
 *
 * <pre>{@code
 * Tensor loss = new CosineEmbedding().of(left, right, Tensor.of(1f, -1f)); // left, right [2, 64]
 * }</pre>
 *
 * <p>Shapes: two tensors {@code [..., features]} and a target {@code [...]}, all of one floating
 * type; without a reduction the result is {@code [...]}.
 *
 * @param margin the cosine up to which strangers are not pushed apart, in -1 to 1; 0 by default
 * @param reduction the mean over all pairs by default
 */
public record CosineEmbedding(double margin, Reduction reduction) {
  /** Keeps the direction of a vector of zeros, which has none, finite. */
  private static final double EPSILON = 1e-12;

  /**
   * With a margin and a reduction.
   *
   * @throws ArgumentException if the margin is not in -1 to 1
   */
  public CosineEmbedding {
    if (!(margin >= -1 && margin <= 1)) {
      throw new ArgumentException(
          "cosineEmbedding: the margin is a cosine and must be in -1 to 1, got " + margin);
    }
  }

  /** With a margin, and the mean. */
  public CosineEmbedding(double margin) {
    this(margin, Reduction.MEAN);
  }

  /** With a margin of 0, and the mean. */
  public CosineEmbedding() {
    this(0);
  }

  /** The same with another reduction. */
  public CosineEmbedding reduction(Reduction reduction) {
    return new CosineEmbedding(margin, reduction);
  }

  /**
   * The loss of a batch of pairs.
   *
   * @param target 1 for pairs that belong together, -1 for others
   * @throws ShapeException if the shapes do not fit
   * @throws DTypeException if the types differ or are not floating
   */
  public Tensor of(Tensor x, Tensor y, Tensor target) {
    return reduction.apply(losses(x, y, target));
  }

  /**
   * The loss of a batch of which some pairs count more than others; see {@link Loss#of(Tensor,
   * Tensor, Tensor)}.
   *
   * @param weights floating numbers or a BOOL mask {@code [...]}
   */
  public Tensor of(Tensor x, Tensor y, Tensor target, Tensor weights) {
    return reduction.apply(losses(x, y, target), weights);
  }

  private Tensor losses(Tensor x, Tensor y, Tensor target) {
    Operands.check("cosineEmbedding", x, y);
    Operands.checkFeatures("cosineEmbedding", x);
    if (target.dtype() != x.dtype()) {
      throw new DTypeException(
          "cosineEmbedding: the target must be %s like the vectors, got %s; convert with .to(...)"
              .formatted(x.dtype(), target.dtype()));
    }
    if (!target.shape().equals(x.shape().slice(0, x.rank() - 1))) {
      throw new ShapeException(
          "cosineEmbedding: needs vectors [..., features] and a target [...], got %s and %s"
              .formatted(x.shape(), target.shape()));
    }
    Tensor lengths = length(x).mul(length(y));
    Tensor cosine = x.mul(y).sum(-1).div(lengths);
    Tensor together = cosine.neg().add(1);
    Tensor apart = cosine.sub(margin).relu();
    return Tensor.where(target.greater(0), together, apart);
  }

  private static Tensor length(Tensor x) {
    return x.square().sum(-1).add(EPSILON).sqrt();
  }
}
