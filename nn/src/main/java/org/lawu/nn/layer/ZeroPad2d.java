package org.lawu.nn.layer;

import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;

/**
 * Zeros around images; PyTorch's {@code ZeroPad2d}. {@link Conv2d} pads on both sides alike by
 * itself; this is for where the sides differ.
 *
 * <pre>{@code
 * Tensor y = new ZeroPad2d(0, 1, 0, 1).predict(Tensor.zeros(8, 16, 27, 27)); // [8, 16, 28, 28]
 * }</pre>
 *
 * <p>Shapes: {@code [n, channels, h, w]} to {@code [n, channels, top + h + bottom, left + w +
 * right]}. No parameters.
 */
public final class ZeroPad2d extends Layer {
  private final int left;
  private final int right;
  private final int top;
  private final int bottom;

  /**
   * As many on every side.
   *
   * @throws ArgumentException if the number is negative
   */
  public ZeroPad2d(int padding) {
    this(padding, padding, padding, padding);
  }

  /**
   * A number for each side, in PyTorch's order.
   *
   * @throws ArgumentException if one is negative
   */
  public ZeroPad2d(int left, int right, int top, int bottom) {
    if (left < 0 || right < 0 || top < 0 || bottom < 0) {
      throw new ArgumentException(
          "zeroPad2d: padding must not be negative, got left %d, right %d, top %d, bottom %d"
              .formatted(left, right, top, bottom));
    }
    this.left = left;
    this.right = right;
    this.top = top;
    this.bottom = bottom;
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    if (input.rank() != 4) {
      throw new ShapeException(
          "zeroPad2d: the input must be [n, channels, height, width], got %s"
              .formatted(input.shape()));
    }
    return input.pad(new int[] {0, 0, top, left}, new int[] {0, 0, bottom, right}, 0);
  }

  @Override
  protected String description() {
    return "ZeroPad2d(%d, %d, %d, %d)".formatted(left, right, top, bottom);
  }

  @Override
  public Config config() {
    return Config.of("kind", "ZeroPad2d")
        .with("left", left)
        .with("right", right)
        .with("top", top)
        .with("bottom", bottom);
  }

  /** The layer that {@link #config} describes. */
  public static ZeroPad2d of(Config config) {
    return new ZeroPad2d(
        config.integer("left"),
        config.integer("right"),
        config.integer("top"),
        config.integer("bottom"));
  }
}
