package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;

import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;

/**
 * Makes images larger: each channel is read between its pixels, which lie at the centres of equal
 * squares; PyTorch's {@code Upsample} with {@code align_corners=False}. {@link #nearest} repeats
 * the pixel that a place falls on, {@code floor(i / f)}; {@link #bilinear} weighs the four around
 * it by how near they are to {@code (i + 0.5) / f - 0.5}, those at the border standing in for what
 * is beyond it.
 *
 * <pre>{@code
 * Tensor y = Upsample.nearest(2).predict(Tensor.zeros(8, 16, 14, 14)); // [8, 16, 28, 28]
 * Tensor z = Upsample.bilinearTo(64, 48).predict(Tensor.zeros(8, 16, 30, 20)); // [8, 16, 64, 48]
 * }</pre>
 *
 * <p>Shapes: {@code [n, channels, h, w]} to {@code [n, channels, f h, f w]}, or to the height and
 * width that are asked for, which may be smaller too. No parameters. Odena et al., "Deconvolution
 * and checkerboard artifacts" (Distill 2016), prefer it to {@link ConvTranspose2d}.
 */
public final class Upsample extends Layer {
  private enum Mode {
    NEAREST,
    BILINEAR
  }

  private final Mode mode;
  private final boolean toSize;
  private final int height;
  private final int width;
  private final boolean alignedCorners;

  /** Height and width are sizes, or factors. */
  private Upsample(Mode mode, boolean toSize, int height, int width, boolean alignedCorners) {
    this.mode = mode;
    this.toSize = toSize;
    this.height = positive("upsample", toSize ? "the height" : "the factor", height);
    this.width = positive("upsample", toSize ? "the width" : "the factor", width);
    this.alignedCorners = alignedCorners;
  }

  /**
   * Every pixel becomes a square of {@code factor} by {@code factor} of them.
   *
   * @throws ArgumentException if the factor is below 1
   */
  public static Upsample nearest(int factor) {
    return nearest(factor, factor);
  }

  /**
   * Every pixel becomes a rectangle.
   *
   * @throws ArgumentException if a factor is below 1
   */
  public static Upsample nearest(int factorHeight, int factorWidth) {
    return new Upsample(Mode.NEAREST, false, factorHeight, factorWidth, false);
  }

  /**
   * To any height and width, by the nearest pixel.
   *
   * @throws ArgumentException if one is below 1
   */
  public static Upsample nearestTo(int height, int width) {
    return new Upsample(Mode.NEAREST, true, height, width, false);
  }

  /**
   * {@code factor} times as high and as wide, between the pixels.
   *
   * @throws ArgumentException if the factor is below 1
   */
  public static Upsample bilinear(int factor) {
    return bilinear(factor, factor);
  }

  /**
   * Larger by a factor for each axis, between the pixels.
   *
   * @throws ArgumentException if a factor is below 1
   */
  public static Upsample bilinear(int factorHeight, int factorWidth) {
    return new Upsample(Mode.BILINEAR, false, factorHeight, factorWidth, false);
  }

  /**
   * To any height and width, between the pixels.
   *
   * @throws ArgumentException if one is below 1
   */
  public static Upsample bilinearTo(int height, int width) {
    return new Upsample(Mode.BILINEAR, true, height, width, false);
  }

  /**
   * The same, but the pixels in the corners of input and output coincide: place {@code i} is read
   * at {@code i (in - 1) / (out - 1)}; PyTorch's {@code align_corners=True}.
   *
   * @throws ArgumentException if this is not bilinear
   */
  public Upsample alignedCorners() {
    if (mode != Mode.BILINEAR) {
      throw new ArgumentException(
          "upsample: corners are aligned between pixels only; use bilinear, or leave it out");
    }
    return new Upsample(mode, toSize, height, width, true);
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    if (input.rank() != 4 || input.size(2) == 0 || input.size(3) == 0) {
      throw new ShapeException(
          "upsample: the input must be [n, channels, height, width] with pixels, got %s"
              .formatted(input.shape()));
    }
    if (mode == Mode.BILINEAR) {
      Standardization.checkFloating("upsample", input);
    }
    return along(3, along(2, input, height), width);
  }

  private Tensor along(int axis, Tensor x, int setting) {
    int in = x.size(axis);
    int out = toSize ? setting : Math.multiplyExact(in, setting);
    return mode == Mode.NEAREST ? nearest(axis, x, out) : linear(axis, x, out);
  }

  private static Tensor nearest(int axis, Tensor x, int out) {
    int in = x.size(axis);
    int[] index = new int[out];
    for (int i = 0; i < out; i++) {
      // In single precision, as PyTorch has it: sizes that do not divide depend on it.
      index[i] = Math.min((int) (i * ((float) in / out)), in - 1);
    }
    return x.indexSelect(axis, Tensor.of(index));
  }

  private Tensor linear(int axis, Tensor x, int out) {
    int in = x.size(axis);
    int[] lower = new int[out];
    int[] upper = new int[out];
    double[] share = new double[out];
    for (int i = 0; i < out; i++) {
      double at = Math.max(0, place(i, in, out));
      lower[i] = Math.min((int) at, in - 1);
      upper[i] = Math.min(lower[i] + 1, in - 1);
      share[i] = at - lower[i];
    }
    int[] broadcast = axis == 2 ? new int[] {out, 1} : new int[] {out};
    Tensor weight = Tensor.of(share, broadcast);
    Tensor below = x.indexSelect(axis, Tensor.of(lower)).mul(weight.neg().add(1).to(x.dtype()));
    Tensor above = x.indexSelect(axis, Tensor.of(upper)).mul(weight.to(x.dtype()));
    return below.add(above);
  }

  private double place(int i, int in, int out) {
    if (alignedCorners) {
      return out == 1 ? 0 : (double) i * (in - 1) / (out - 1);
    }
    return (i + 0.5) * in / out - 0.5;
  }

  @Override
  protected String description() {
    return "Upsample(%s, %s%dx%d%s)"
        .formatted(
            mode == Mode.NEAREST ? "nearest" : "bilinear",
            toSize ? "to " : "factor ",
            height,
            width,
            alignedCorners ? ", aligned corners" : "");
  }

  @Override
  public Config config() {
    return Config.of("kind", "Upsample")
        .with("mode", Setting.name(mode))
        .with("toSize", toSize)
        .with("height", height)
        .with("width", width)
        .with("alignedCorners", alignedCorners);
  }

  /** The layer that {@link #config} describes. */
  public static Upsample of(Config config) {
    var upsample =
        new Upsample(
            Setting.choice(config, "mode", Mode.class),
            config.truth("toSize"),
            config.integer("height"),
            config.integer("width"),
            false);
    return config.truth("alignedCorners") ? upsample.alignedCorners() : upsample;
  }
}
