package org.lawu.data.image;

import org.lawu.data.Augmentation;
import org.lawu.error.ArgumentException;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * Exchanges left and right of a picture, or leaves it.
 *
 * @param probability how often it does, from 0 to 1
 */
public record RandomHorizontalFlip(double probability) implements Augmentation {

  /**
   * Checks the probability.
   *
   * @throws ArgumentException if it is not in {@code [0, 1]}
   */
  public RandomHorizontalFlip {
    ImageChecks.probability("random horizontal flip", probability);
  }

  /** Every other picture. */
  public RandomHorizontalFlip() {
    this(0.5);
  }

  @Override
  public Tensor apply(Tensor image, Philox random) {
    ImageChecks.pictures("random horizontal flip", image);
    return random.nextDouble() < probability ? Images.flipHorizontally(image) : image;
  }
}
