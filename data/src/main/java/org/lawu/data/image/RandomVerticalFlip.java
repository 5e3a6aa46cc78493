package org.lawu.data.image;

import org.lawu.data.Augmentation;
import org.lawu.error.ArgumentException;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * Exchanges top and bottom of a picture, or leaves it.
 *
 * @param probability how often it does, from 0 to 1
 */
public record RandomVerticalFlip(double probability) implements Augmentation {

  /**
   * Checks the probability.
   *
   * @throws ArgumentException if it is not in {@code [0, 1]}
   */
  public RandomVerticalFlip {
    ImageChecks.probability("random vertical flip", probability);
  }

  /** Every other picture. */
  public RandomVerticalFlip() {
    this(0.5);
  }

  @Override
  public Tensor apply(Tensor image, Philox random) {
    ImageChecks.pictures("random vertical flip", image);
    return random.nextDouble() < probability ? Images.flipVertically(image) : image;
  }
}
