package org.lawu.data.image;

import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Tensor;

/**
 * Changes of pictures, FLOAT32 {@code [channels, height, width]} or several of one size, {@code [n,
 * channels, height, width]}, with values from 0 (black) to 1.
 *
 * <pre>{@code
 * Dataset small = pictures.mapFeatures(images -> Images.resize(images, 32, 32));
 * }</pre>
 *
 * <p>All throw {@link org.lawu.error.DTypeException} if the pictures are not FLOAT32, and {@link
 * ShapeException} if they are of another form.
 */
public final class Images {
  /** The channels of a colour picture: red, green, blue. */
  private static final int COLOURS = 3;

  // Luma of ITU-R BT.601, with which most libraries make colours grey.
  private static final double RED = 0.299;
  private static final double GREEN = 0.587;
  private static final double BLUE = 0.114;

  private Images() {}

  // ---- size and place

  /**
   * Stretches or shrinks pictures to a size: along an axis that shrinks, each new pixel is the mean
   * of the stretch it covers, parts of pixels counting as such ({@link Interpolation#AREA}); along
   * one that grows, it lies between two old ones ({@link Interpolation#BILINEAR}). So nothing of
   * the picture is skipped.
   *
   * @return the same with {@code height} and {@code width}
   * @throws ArgumentException if a size is below 1
   */
  public static Tensor resize(Tensor images, int height, int width) {
    return resize(images, height, width, Interpolation::better);
  }

  /**
   * The same with one kind of interpolation along both axes.
   *
   * @throws ArgumentException if a size is below 1
   */
  public static Tensor resize(Tensor images, int height, int width, Interpolation interpolation) {
    return resize(images, height, width, (from, to) -> interpolation);
  }

  /** Which interpolation serves an axis of so many pixels that is to have so many. */
  private interface Choice {
    Interpolation of(int from, int to);
  }

  private static Tensor resize(Tensor images, int height, int width, Choice choice) {
    ImageChecks.pictures("resize", images);
    ImageChecks.sizes("resize", height, width);
    int oldHeight = ImageChecks.height(images);
    int oldWidth = ImageChecks.width(images);
    int rank = images.rank();
    Tensor result = images.detach();
    if (oldWidth != width) {
      result = choice.of(oldWidth, width).along(result, rank - 1, width);
    }
    if (oldHeight != height) {
      result = choice.of(oldHeight, height).along(result, rank - 2, height);
    }
    return result;
  }

  /**
   * Cuts a part out of pictures.
   *
   * @param top the first row that is kept
   * @param left the first column that is kept
   * @throws ArgumentException if a size is below 1, or the part is not within the picture
   */
  public static Tensor crop(Tensor images, int top, int left, int height, int width) {
    ImageChecks.pictures("crop", images);
    ImageChecks.sizes("crop", height, width);
    int fullHeight = ImageChecks.height(images);
    int fullWidth = ImageChecks.width(images);
    if (top < 0 || left < 0 || top > fullHeight - height || left > fullWidth - width) {
      throw new ArgumentException(
          "crop: %d x %d from row %d and column %d on is no part of pictures of %d x %d"
              .formatted(height, width, top, left, fullHeight, fullWidth));
    }
    return images.slice(-2, top, top + height).slice(-1, left, left + width);
  }

  /**
   * Cuts the middle out of pictures; where it cannot be exact, one row or column nearer to the top
   * or left.
   *
   * @throws ArgumentException if a size is below 1 or above the picture's
   */
  public static Tensor centerCrop(Tensor images, int height, int width) {
    ImageChecks.pictures("center crop", images);
    ImageChecks.sizes("center crop", height, width);
    int fullHeight = ImageChecks.height(images);
    int fullWidth = ImageChecks.width(images);
    if (height > fullHeight || width > fullWidth) {
      throw new ArgumentException(
          "center crop: %d x %d is larger than pictures of %d x %d; resize them first"
              .formatted(height, width, fullHeight, fullWidth));
    }
    return crop(images, (fullHeight - height) / 2, (fullWidth - width) / 2, height, width);
  }

  /** Exchanges left and right. */
  public static Tensor flipHorizontally(Tensor images) {
    ImageChecks.pictures("flip horizontally", images);
    return images.flip(-1);
  }

  /** Exchanges top and bottom. */
  public static Tensor flipVertically(Tensor images) {
    ImageChecks.pictures("flip vertically", images);
    return images.flip(-2);
  }

  /**
   * Turns pictures about their middle, counterclockwise as one looks at them, keeping their size.
   * New pixels lie between four old ones (bilinear); beyond the edge all is 0.
   *
   * @param degrees the angle; 90 turns right to top
   * @throws ArgumentException if it is not finite
   */
  public static Tensor rotate(Tensor images, double degrees) {
    ImageChecks.pictures("rotate", images);
    if (!Double.isFinite(degrees)) {
      throw new ArgumentException("rotate: the angle must be finite, got " + degrees);
    }
    return Rotation.rotate(images, degrees);
  }

  // ---- values

  /**
   * Shifts and scales the channels so that a channel of the given mean and standard deviation gets
   * mean 0 and deviation 1: {@code (x - mean) / deviation}.
   *
   * @param means one for each channel
   * @param deviations one for each channel, above 0
   * @throws ArgumentException if there are not as many as channels, or one is not as it should be
   */
  public static Tensor normalize(Tensor images, double[] means, double[] deviations) {
    ImageChecks.pictures("normalize", images);
    Normalization normalization = new Normalization(means, deviations);
    return normalization.apply(images);
  }

  /**
   * Multiplies all values by a factor, 0 to 1 darker and above 1 brighter; the result is cut off at
   * 0 and 1.
   *
   * @throws ArgumentException if the factor is negative or not finite
   */
  public static Tensor brightness(Tensor images, double factor) {
    ImageChecks.pictures("brightness", images);
    checkFactor("brightness", factor);
    return images.mul(factor).clamp(0, 1);
  }

  /**
   * Moves all values away from the mean of their picture as grey, or towards it: {@code mean +
   * factor (x - mean)}; the result is cut off at 0 and 1.
   *
   * @throws ArgumentException if the factor is negative or not finite
   */
  public static Tensor contrast(Tensor images, double factor) {
    ImageChecks.pictures("contrast", images);
    checkFactor("contrast", factor);
    Tensor grey = ImageChecks.channels(images) == COLOURS ? grayscale(images) : images;
    int rank = images.rank();
    Tensor mean = grey.mean(new int[] {rank - 3, rank - 2, rank - 1}, true);
    return images.mul(factor).add(mean.mul(1 - factor)).clamp(0, 1);
  }

  private static void checkFactor(String operation, double factor) {
    if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
      throw new ArgumentException(
          "%s: the factor must be finite and not negative, got %s".formatted(operation, factor));
    }
  }

  /**
   * Makes colours grey: {@code 0.299 red + 0.587 green + 0.114 blue}, the luma of ITU-R BT.601.
   *
   * @param images with three channels, or one, which are returned as they are
   * @return one channel
   * @throws ShapeException if there are other channels
   */
  public static Tensor grayscale(Tensor images) {
    ImageChecks.pictures("grayscale", images);
    int channels = ImageChecks.channels(images);
    if (channels == 1) {
      return images;
    }
    if (channels != COLOURS) {
      throw new ShapeException(
          "grayscale: pictures must have 3 channels (red, green, blue) or 1, got %s"
              .formatted(images.shape()));
    }
    return images
        .slice(-3, 0, 1)
        .mul(RED)
        .add(images.slice(-3, 1, 2).mul(GREEN))
        .add(images.slice(-3, 2, 3).mul(BLUE));
  }

  /** Makes black white and white black: {@code 1 - x}. */
  public static Tensor invert(Tensor images) {
    ImageChecks.pictures("invert", images);
    return images.neg().add(1);
  }
}
