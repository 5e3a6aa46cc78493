package org.lawu.data.image;

import org.lawu.data.Augmentation;
import org.lawu.error.ArgumentException;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * Turns a picture about its middle, by an angle between {@code -degrees} and {@code degrees} with
 * equal probability; see {@link Images#rotate}.
 *
 * @param degrees the largest angle, from 0 to 180
 */
public record RandomRotation(double degrees) implements Augmentation {
  private static final double HALF_TURN = 180;

  /**
   * Checks the angle.
   *
   * @throws ArgumentException if it is not in {@code [0, 180]}
   */
  public RandomRotation {
    ImageChecks.between("random rotation", "the angle", degrees, HALF_TURN);
  }

  @Override
  public Tensor apply(Tensor image, Philox random) {
    return Images.rotate(image, degrees * (2 * random.nextDouble() - 1));
  }
}
