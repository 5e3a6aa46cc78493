package org.lawu.data.image;

import java.awt.image.BufferedImage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lawu.data.Preprocessing;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.tensor.Tensor;

/**
 * Makes pictures of any size features of one: FLOAT32 {@code [n, channels, height, width]} with
 * values from 0 (black) to 1, in steps: grey or colour, {@link #crop cropped} or stretched to the
 * size, {@link #invert inverted}, {@link #normalize normalized}. Immutable; each method returns
 * another.
 *
 * <pre>{@code
 * var preprocessing = ImagePreprocessing.rgb(64, 64).crop();
 * Tensor features = preprocessing.apply(List.of(ImageFiles.read(Path.of("cat.png"))));
 * }</pre>
 *
 * <p>Transparency is ignored, and 16 bits of a colour are read as 8.
 */
public final class ImagePreprocessing implements Preprocessing<List<BufferedImage>> {
  /** What {@link #config} calls this. */
  public static final String KIND = "image";

  private static final int COLOURS = 3;

  private final int channels;
  private final int height;
  private final int width;
  private final boolean crop;
  private final boolean invert;
  private final @Nullable Normalization normalization;

  private ImagePreprocessing(
      int channels,
      int height,
      int width,
      boolean crop,
      boolean invert,
      @Nullable Normalization normalization) {
    ImageChecks.sizes("image preprocessing", height, width);
    if (normalization != null && normalization.means().length != channels) {
      throw new ArgumentException(
          "image preprocessing: there must be a mean and a deviation for each of %d channels, got %d"
              .formatted(channels, normalization.means().length));
    }
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.crop = crop;
    this.invert = invert;
    this.normalization = normalization;
  }

  /**
   * One channel, grey; colours become so by {@link Images#grayscale}.
   *
   * @throws ArgumentException if a size is below 1
   */
  public static ImagePreprocessing grayscale(int height, int width) {
    return new ImagePreprocessing(1, height, width, false, false, null);
  }

  /**
   * Three channels: red, green, blue; those of a grey picture are equal.
   *
   * @throws ArgumentException if a size is below 1
   */
  public static ImagePreprocessing rgb(int height, int width) {
    return new ImagePreprocessing(COLOURS, height, width, false, false, null);
  }

  /**
   * Cuts the edges off where a picture is too wide or too high, and keeps its proportions. Without
   * this it is stretched.
   */
  public ImagePreprocessing crop() {
    return new ImagePreprocessing(channels, height, width, true, invert, normalization);
  }

  /** Makes black white and white black, before normalizing. */
  public ImagePreprocessing invert() {
    return new ImagePreprocessing(channels, height, width, crop, !invert, normalization);
  }

  /**
   * Shifts and scales the values of each channel at the end; see {@link Images#normalize}.
   *
   * @throws ArgumentException if there are not as many means or deviations as channels, or a
   *     deviation is not above 0
   */
  public ImagePreprocessing normalize(double[] means, double[] deviations) {
    return new ImagePreprocessing(
        channels, height, width, crop, invert, new Normalization(means, deviations));
  }

  /** The channels: 1 or 3. */
  public int channels() {
    return channels;
  }

  /** The rows. */
  public int height() {
    return height;
  }

  /** The columns. */
  public int width() {
    return width;
  }

  /**
   * The features of some pictures.
   *
   * @return {@code [n, channels, height, width]}
   */
  @Override
  public Tensor apply(List<BufferedImage> images) {
    if (images.isEmpty()) {
      return Tensor.zeros(0, channels, height, width);
    }
    return Tensor.stack(0, images.stream().map(image -> transform(Pixels.of(image))).toList());
  }

  /**
   * The same for a picture that is a tensor, such as one of a known data set.
   *
   * @param image FLOAT32 {@code [1 or 3, ...]} with values from 0 to 1
   * @return {@code [channels, height, width]}
   * @throws ShapeException if it is not a picture
   */
  public Tensor apply(Tensor image) {
    ImageChecks.pictures("image preprocessing", image);
    if (image.rank() != 3 || (image.size(0) != 1 && image.size(0) != COLOURS)) {
      throw new ShapeException(
          "image preprocessing: a picture must be [1, height, width] or [3, height, width], got %s"
              .formatted(image.shape()));
    }
    return transform(image);
  }

  private Tensor transform(Tensor image) {
    Tensor result = channels == 1 ? Images.grayscale(image) : image;
    if (crop) {
      result = cropToProportions(result);
    }
    result = Images.resize(result, height, width);
    if (invert) {
      result = Images.invert(result);
    }
    if (result.size(0) < channels) {
      result = result.expand(channels, height, width);
    }
    return normalization == null ? result : normalization.apply(result);
  }

  /** The largest part about the middle that has the proportions of the result. */
  private Tensor cropToProportions(Tensor image) {
    int fullHeight = ImageChecks.height(image);
    int fullWidth = ImageChecks.width(image);
    double scale = Math.min((double) fullHeight / height, (double) fullWidth / width);
    int partHeight = Math.clamp(Math.round(height * scale), 1, fullHeight);
    int partWidth = Math.clamp(Math.round(width * scale), 1, fullWidth);
    return Images.centerCrop(image, partHeight, partWidth);
  }

  @Override
  public Config config() {
    Config config =
        Config.of("kind", KIND)
            .with("channels", channels)
            .with("height", height)
            .with("width", width)
            .with("crop", crop)
            .with("invert", invert);
    return normalization == null
        ? config
        : config
            .with("means", normalization.means())
            .with("deviations", normalization.deviations());
  }

  /**
   * Reads what {@link #config} has written.
   *
   * @throws FormatException if it is not from there
   */
  public static ImagePreprocessing of(Config config) {
    if (!config.string("kind").equals(KIND)) {
      throw new FormatException(
          "image preprocessing: \"kind\" must be \"%s\", not \"%s\""
              .formatted(KIND, config.string("kind")));
    }
    int channels = config.integer("channels");
    if (channels != 1 && channels != COLOURS) {
      throw new FormatException(
          "image preprocessing: \"channels\" must be 1 or 3, not " + channels);
    }
    try {
      Normalization normalization =
          config.has("means")
              ? new Normalization(config.numbers("means"), config.numbers("deviations"))
              : null;
      return new ImagePreprocessing(
          channels,
          config.integer("height"),
          config.integer("width"),
          config.truth("crop"),
          config.truth("invert"),
          normalization);
    } catch (ArgumentException fault) {
      throw new FormatException(String.valueOf(fault.getMessage()), fault);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ImagePreprocessing that && config().equals(that.config());
  }

  @Override
  public int hashCode() {
    return config().hashCode();
  }

  /** As in {@code ImagePreprocessing{"kind":"image","channels":3,...}}. */
  @Override
  public String toString() {
    return "ImagePreprocessing" + config();
  }
}
