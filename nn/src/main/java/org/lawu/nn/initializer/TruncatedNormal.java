package org.lawu.nn.initializer;

import org.lawu.error.ArgumentException;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Normally distributed without the tails: what falls outside {@code [mean - 2 s, mean + 2 s]}, for
 * the standard deviation {@code s}, is drawn again. What is left deviates by {@code 0.8796 s}. With
 * mean 0 and 1 PyTorch's {@code trunc_normal_} with its default bounds; Keras' {@code
 * TruncatedNormal}.
 *
 * @param mean 0 by default
 * @param standardDeviation before the tails are cut off; 1 by default
 */
public record TruncatedNormal(double mean, double standardDeviation) implements Initializer {
  /** In standard deviations. */
  private static final double BOUND = 2;

  /**
   * With a mean and a standard deviation.
   *
   * @throws ArgumentException if one is not finite, or the standard deviation is negative
   */
  public TruncatedNormal {
    if (!(Double.isFinite(mean) && standardDeviation >= 0 && Double.isFinite(standardDeviation))) {
      throw new ArgumentException(
          "truncatedNormal: needs a finite mean and a standard deviation of 0 or more, got %s and %s"
              .formatted(mean, standardDeviation));
    }
  }

  /** With mean 0 and standard deviation 1. */
  public TruncatedNormal() {
    this(0, 1);
  }

  @Override
  public Tensor initialize(Shape shape, Philox random) {
    float[] elements = new float[shape.elements()];
    for (int i = 0; i < elements.length; i++) {
      double z;
      do {
        z = random.nextGaussian();
      } while (Math.abs(z) > BOUND);
      elements[i] = (float) (mean + standardDeviation * z);
    }
    return Tensor.of(elements, shape.toArray());
  }
}
