package org.lawu.nn.layer;

import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Window;

/**
 * The mean over every place of a window on each channel; what is beyond the image counts as 0
 * (LeCun et al., "Backpropagation applied to handwritten zip code recognition", 1989); PyTorch's
 * {@code AvgPool2d}.
 *
 * <pre>{@code
 * Tensor y = new AvgPool2d(2).predict(Tensor.zeros(8, 16, 28, 28)); // [8, 16, 14, 14]
 * }</pre>
 *
 * <p>Shapes: {@code [n, channels, h, w]} to {@code [n, channels, (h + 2 p - k) / s + 1, ...]} with
 * window k, stride s, padding p. No parameters.
 */
public final class AvgPool2d extends Layer {
  private final Window window;

  /**
   * A square window whose places lie side by side.
   *
   * @throws org.lawu.error.ArgumentException if the size is below 1
   */
  public AvgPool2d(int size) {
    this(Window.of(size));
  }

  /**
   * A square window.
   *
   * @param padding at most half the size
   * @throws org.lawu.error.ArgumentException if a number is out of range
   */
  public AvgPool2d(int size, int stride, int padding) {
    this(Window.of(size).stride(stride).padding(padding));
  }

  /** Any window. */
  public AvgPool2d(Window window) {
    this.window = window;
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return input.avgPool2d(window);
  }

  @Override
  protected String description() {
    return "AvgPool2d(%dx%d, stride %dx%d, padding %dx%d)"
        .formatted(
            window.height(),
            window.width(),
            window.strideHeight(),
            window.strideWidth(),
            window.paddingHeight(),
            window.paddingWidth());
  }

  @Override
  public Config config() {
    return Pooling.write(Config.of("kind", "AvgPool2d"), window);
  }

  /** The layer that {@link #config} describes. */
  public static AvgPool2d of(Config config) {
    return new AvgPool2d(Pooling.window(config));
  }
}
