package org.lawu.nn.loss;

import org.lawu.error.ArgumentException;
import org.lawu.tensor.Tensor;

/**
 * Squared for small differences and linear for large ones: {@code d^2 / 2} where {@code d =
 * |prediction - target|} is at most {@code delta}, and {@code delta (d - delta / 2)} above it.
 * Huber, "Robust estimation of a location parameter" (1964); PyTorch's {@code HuberLoss}.
 *
 * <pre>{@code
 * Tensor loss = new Huber().of(Tensor.of(0f, 0f), Tensor.of(1f, 4f)); // (0.5 + 3.5) / 2
 * }</pre>
 *
 * <p>Shapes: two tensors of one shape and one floating type.
 *
 * @param delta where the two halves meet, above 0; 1 by default
 * @param reduction the mean over all elements by default
 */
public record Huber(double delta, Reduction reduction) implements Loss {

  /**
   * With a delta and a reduction.
   *
   * @throws ArgumentException if delta is not positive and finite
   */
  public Huber {
    if (!(delta > 0 && delta < Double.POSITIVE_INFINITY)) {
      throw new ArgumentException(
          "huber: delta must be positive and finite, got %s; for squares alone use MeanSquaredError"
              .formatted(delta));
    }
  }

  /**
   * With a delta, and the mean.
   *
   * @throws ArgumentException if delta is not positive and finite
   */
  public Huber(double delta) {
    this(delta, Reduction.MEAN);
  }

  /** With a delta of 1, and the mean. */
  public Huber() {
    this(1);
  }

  /** The same with another reduction. */
  public Huber reduction(Reduction reduction) {
    return new Huber(delta, reduction);
  }

  @Override
  public Tensor of(Tensor prediction, Tensor target) {
    return reduction.apply(losses(prediction, target));
  }

  @Override
  public Tensor of(Tensor prediction, Tensor target, Tensor weights) {
    return reduction.apply(losses(prediction, target), weights);
  }

  private Tensor losses(Tensor prediction, Tensor target) {
    Operands.check("huber", prediction, target);
    Tensor distance = prediction.sub(target).abs();
    // With q = min(d, delta), both halves are q (d - q / 2).
    Tensor near = distance.minimum(delta);
    return near.mul(distance.sub(near.mul(0.5)));
  }
}
