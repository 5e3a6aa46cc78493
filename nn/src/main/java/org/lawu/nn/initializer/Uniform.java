package org.lawu.nn.initializer;

import org.lawu.error.ArgumentException;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/** Uniform in {@code [low, high)}. */
public record Uniform(double low, double high) implements Initializer {

  /**
   * Between two bounds.
   *
   * @throws ArgumentException if they are not finite, or low is not below high
   */
  public Uniform {
    if (!(low < high && Double.isFinite(low) && Double.isFinite(high))) {
      throw new ArgumentException(
          "uniform: low must be below high and both finite, got %s and %s".formatted(low, high));
    }
  }

  @Override
  public Tensor initialize(Shape shape, Philox random) {
    return Tensor.uniform(random, low, high, shape.toArray());
  }
}
