package org.lawu.nn.loss;

import org.lawu.tensor.Tensor;

/**
 * Squared for small differences and linear for large ones, without a seam: {@code log cosh d} with
 * {@code d = prediction - target}, about {@code d^2 / 2} near 0 and {@code |d| - log 2} far from
 * it. Keras' {@code LogCosh}.
 *
 * <pre>{@code
 * Tensor loss = new LogCosh().of(Tensor.of(0f, 0f), Tensor.of(0f, 1f)); // (0 + 0.4338) / 2
 * }</pre>
 *
 * <p>Shapes: two tensors of one shape and one floating type.
 *
 * @param reduction the mean over all elements by default
 */
public record LogCosh(Reduction reduction) implements Loss {
  private static final double LOG_2 = Math.log(2);

  /** The mean over all elements. */
  public LogCosh() {
    this(Reduction.MEAN);
  }

  /** The same with another reduction. */
  public LogCosh reduction(Reduction reduction) {
    return new LogCosh(reduction);
  }

  @Override
  public Tensor of(Tensor prediction, Tensor target) {
    return reduction.apply(losses(prediction, target));
  }

  @Override
  public Tensor of(Tensor prediction, Tensor target, Tensor weights) {
    return reduction.apply(losses(prediction, target), weights);
  }

  private static Tensor losses(Tensor prediction, Tensor target) {
    Operands.check("logCosh", prediction, target);
    Tensor difference = prediction.sub(target);
    // cosh d = e^d (1 + e^(-2d)) / 2, which does not overflow where softplus is exact.
    return difference.add(difference.mul(-2).softplus()).sub(LOG_2);
  }
}
