package org.lawu.nn.loss;

import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Tensor;

/**
 * Wants an anchor nearer to a positive than to a negative example, by a margin: {@code max(0, d(a,
 * p) - d(a, n) + margin)} with the Euclidean distance {@code d(x, y) = |x - y + 1e-6|}. Schroff,
 * Kalenichenko and Philbin, "FaceNet" (CVPR 2015); PyTorch's {@code TripletMarginLoss}.
 *
 * <pre>{@code
 * Tensor loss = new Triplet().of(model.predict(a), model.predict(p), model.predict(n));
 * }</pre>
 *
 * <p>Shapes: three tensors {@code [..., features]} of one shape and one floating type; without a
 * reduction the result is {@code [...]}.
 *
 * @param margin not negative; 1 by default
 * @param reduction the mean over all triplets by default
 */
public record Triplet(double margin, Reduction reduction) {
  /** Keeps the gradient of a distance of zero finite. */
  private static final double EPSILON = 1e-6;

  /**
   * With a margin and a reduction.
   *
   * @throws ArgumentException if the margin is negative or not finite
   */
  public Triplet {
    if (!(margin >= 0 && margin < Double.POSITIVE_INFINITY)) {
      throw new ArgumentException(
          "triplet: the margin must be finite and not negative, got " + margin);
    }
  }

  /** With a margin, and the mean. */
  public Triplet(double margin) {
    this(margin, Reduction.MEAN);
  }

  /** With a margin of 1, and the mean. */
  public Triplet() {
    this(1);
  }

  /** The same with another reduction. */
  public Triplet reduction(Reduction reduction) {
    return new Triplet(margin, reduction);
  }

  /**
   * The loss of a batch.
   *
   * @throws ShapeException if the shapes differ, or are scalars
   * @throws org.lawu.error.DTypeException if the types differ or are not floating
   */
  public Tensor of(Tensor anchor, Tensor positive, Tensor negative) {
    return reduction.apply(losses(anchor, positive, negative));
  }

  /**
   * The loss of a batch of which some triplets count more than others; see {@link Loss#of(Tensor,
   * Tensor, Tensor)}.
   *
   * @param weights floating numbers or a BOOL mask {@code [...]}
   */
  public Tensor of(Tensor anchor, Tensor positive, Tensor negative, Tensor weights) {
    return reduction.apply(losses(anchor, positive, negative), weights);
  }

  private Tensor losses(Tensor anchor, Tensor positive, Tensor negative) {
    Operands.check("triplet", anchor, positive);
    Operands.check("triplet", anchor, negative);
    Operands.checkFeatures("triplet", anchor);
    Tensor excess = distance(anchor, positive).sub(distance(anchor, negative)).add(margin);
    return excess.relu();
  }

  private static Tensor distance(Tensor x, Tensor y) {
    return x.sub(y).add(EPSILON).square().sum(-1).sqrt();
  }
}
