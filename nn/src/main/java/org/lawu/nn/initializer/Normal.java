package org.lawu.nn.initializer;

import org.lawu.error.ArgumentException;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/** Normally distributed; mean 0 and standard deviation 1 by default. */
public record Normal(double mean, double standardDeviation) implements Initializer {

  /**
   * With a mean and a standard deviation.
   *
   * @throws ArgumentException if one is not finite, or the standard deviation is negative
   */
  public Normal {
    if (!(Double.isFinite(mean) && standardDeviation >= 0 && Double.isFinite(standardDeviation))) {
      throw new ArgumentException(
          "normal: needs a finite mean and a standard deviation of 0 or more, got %s and %s"
              .formatted(mean, standardDeviation));
    }
  }

  /** With mean 0 and standard deviation 1. */
  public Normal() {
    this(0, 1);
  }

  @Override
  public Tensor initialize(Shape shape, Philox random) {
    return Tensor.normal(random, mean, standardDeviation, shape.toArray());
  }
}
