package org.lawu.nn.layer;

import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Window;

/**
 * The largest element of every place of a window on each channel, which makes images smaller and
 * indifferent to small shifts; what is beyond the image does not count (Yamaguchi et al., "A neural
 * network for speaker-independent isolated word recognition", 1990); PyTorch's {@code MaxPool2d}.
 *
 * <pre>{@code
 * Tensor y = new MaxPool2d(2).predict(Tensor.zeros(8, 16, 28, 28)); // [8, 16, 14, 14]
 * }</pre>
 *
 * <p>Shapes: {@code [n, channels, h, w]} to {@code [n, channels, (h + 2 p - k) / s + 1, ...]} with
 * window k, stride s, padding p. No parameters.
 */
public final class MaxPool2d extends Layer {
  private final Window window;

  /**
   * A square window whose places lie side by side.
   *
   * @throws org.lawu.error.ArgumentException if the size is below 1
   */
  public MaxPool2d(int size) {
    this(Window.of(size));
  }

  /**
   * A square window.
   *
   * @param padding at most half the size
   * @throws org.lawu.error.ArgumentException if a number is out of range
   */
  public MaxPool2d(int size, int stride, int padding) {
    this(Window.of(size).stride(stride).padding(padding));
  }

  /** Any window. */
  public MaxPool2d(Window window) {
    this.window = window;
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return input.maxPool2d(window);
  }

  @Override
  protected String description() {
    return "MaxPool2d(%dx%d, stride %dx%d, padding %dx%d)"
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
    return Pooling.write(Config.of("kind", "MaxPool2d"), window);
  }

  /** The layer that {@link #config} describes. */
  public static MaxPool2d of(Config config) {
    return new MaxPool2d(Pooling.window(config));
  }
}
