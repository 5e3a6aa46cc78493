package org.lawu.nn.loss;

import org.lawu.tensor.Tensor;

/**
 * The square of the {@link Hinge} loss, which is smooth where that has its corner: {@code max(0, 1
 * - t x)^2} with the target {@code t} -1 or 1. Keras' {@code SquaredHinge}.
 *
 * <pre>{@code
 * Tensor loss = new SquaredHinge().of(Tensor.of(0.5f, 3f), Tensor.of(1f, 1f)); // (0.25 + 0) / 2
 * }</pre>
 *
 * <p>Shapes: two tensors of one shape and one floating type.
 *
 * @param reduction the mean over all elements by default
 */
public record SquaredHinge(Reduction reduction) implements Loss {

  /** The mean over all elements. */
  public SquaredHinge() {
    this(Reduction.MEAN);
  }

  /** The same with another reduction. */
  public SquaredHinge reduction(Reduction reduction) {
    return new SquaredHinge(reduction);
  }

  @Override
  public Tensor of(Tensor prediction, Tensor target) {
    return reduction.apply(Hinge.losses("squaredHinge", prediction, target).square());
  }

  @Override
  public Tensor of(Tensor prediction, Tensor target, Tensor weights) {
    return reduction.apply(Hinge.losses("squaredHinge", prediction, target).square(), weights);
  }
}
