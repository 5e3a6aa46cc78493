package org.lawu.data.image;

import org.lawu.data.Augmentation;
import org.lawu.error.ArgumentException;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * Changes brightness and then contrast of a picture, each by a factor between {@code 1 - strength}
 * and {@code 1 + strength} with equal probability; see {@link Images#brightness} and {@link
 * Images#contrast}. For values from 0 to 1, so before normalizing.
 *
 * @param brightness its strength, from 0 for none to 1
 * @param contrast its strength, from 0 for none to 1
 */
public record ColorJitter(double brightness, double contrast) implements Augmentation {

  /**
   * Checks the strengths.
   *
   * @throws ArgumentException if one is not in {@code [0, 1]}
   */
  public ColorJitter {
    ImageChecks.between("color jitter", "brightness", brightness, 1);
    ImageChecks.between("color jitter", "contrast", contrast, 1);
  }

  @Override
  public Tensor apply(Tensor image, Philox random) {
    Tensor lit = Images.brightness(image, factor(brightness, random));
    return Images.contrast(lit, factor(contrast, random));
  }

  private static double factor(double strength, Philox random) {
    return 1 + strength * (2 * random.nextDouble() - 1);
  }
}
