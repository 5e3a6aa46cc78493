package org.lawu.data.image;

import org.lawu.data.Augmentation;
import org.lawu.error.ArgumentException;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * Takes the colour out of a picture, or leaves it; the number of channels stays. See {@link
 * Images#grayscale}.
 *
 * @param probability how often it does, from 0 to 1
 */
public record RandomGrayscale(double probability) implements Augmentation {

  /**
   * Checks the probability.
   *
   * @throws ArgumentException if it is not in {@code [0, 1]}
   */
  public RandomGrayscale {
    ImageChecks.probability("random grayscale", probability);
  }

  @Override
  public Tensor apply(Tensor image, Philox random) {
    Tensor grey = Images.grayscale(image);
    return random.nextDouble() < probability ? grey.expand(image.shape().toArray()) : image;
  }
}
