package org.lawu.data.image;

import org.lawu.data.Augmentation;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * Puts a border of zeros around a picture and cuts a part out of that, anywhere with equal
 * probability. With the picture's own size and a border of some pixels it moves the picture about;
 * for CIFAR-10, 32 x 32 with 4 is usual (He et al., "Deep residual learning for image recognition",
 * 2015).
 *
 * @param height of the part
 * @param width of the part
 * @param padding how wide the border is, at least 0
 */
public record RandomCrop(int height, int width, int padding) implements Augmentation {

  /**
   * Checks the sizes.
   *
   * @throws ArgumentException if a size is below 1 or the padding negative
   */
  public RandomCrop {
    ImageChecks.sizes("random crop", height, width);
    if (padding < 0) {
      throw new ArgumentException("random crop: padding must not be negative, got " + padding);
    }
  }

  /** A part of the picture, without a border. */
  public RandomCrop(int height, int width) {
    this(height, width, 0);
  }

  /**
   * A part of one picture.
   *
   * @throws ShapeException if the picture with its border is smaller than the part
   */
  @Override
  public Tensor apply(Tensor image, Philox random) {
    ImageChecks.pictures("random crop", image);
    int rows = ImageChecks.height(image) + 2 * padding - height;
    int columns = ImageChecks.width(image) + 2 * padding - width;
    if (rows < 0 || columns < 0) {
      throw new ShapeException(
          "random crop: %d x %d is larger than pictures %s with a border of %d"
              .formatted(height, width, image.shape(), padding));
    }
    Tensor padded = image;
    if (padding > 0) {
      int[] border = new int[image.rank()];
      border[border.length - 2] = padding;
      border[border.length - 1] = padding;
      padded = image.pad(border, border, 0);
    }
    int top = random.nextInt(rows + 1);
    int left = random.nextInt(columns + 1);
    return Images.crop(padded, top, left, height, width);
  }
}
