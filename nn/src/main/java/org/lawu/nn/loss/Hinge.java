package org.lawu.nn.loss;

import org.lawu.tensor.Tensor;

/**
 * Zero for predictions on the right side by a margin of 1, and linear below it: {@code max(0, 1 - t
 * x)} with the target {@code t} -1 or 1. The loss of support vector machines: Cortes and Vapnik,
 * "Support-vector networks" (1995); Keras' {@code Hinge}.
 *
 * <pre>{@code
 * Tensor loss = new Hinge().of(Tensor.of(0.5f, 3f), Tensor.of(1f, 1f)); // (0.5 + 0) / 2
 * }</pre>
 *
 * <p>Shapes: two tensors of one shape and one floating type.
 *
 * @param reduction the mean over all elements by default
 */
public record Hinge(Reduction reduction) implements Loss {

  /** The mean over all elements. */
  public Hinge() {
    this(Reduction.MEAN);
  }

  /** The same with another reduction. */
  public Hinge reduction(Reduction reduction) {
    return new Hinge(reduction);
  }

  @Override
  public Tensor of(Tensor prediction, Tensor target) {
    return reduction.apply(losses("hinge", prediction, target));
  }

  @Override
  public Tensor of(Tensor prediction, Tensor target, Tensor weights) {
    return reduction.apply(losses("hinge", prediction, target), weights);
  }

  static Tensor losses(String loss, Tensor prediction, Tensor target) {
    Operands.check(loss, prediction, target);
    return prediction.mul(target).neg().add(1).relu();
  }
}
