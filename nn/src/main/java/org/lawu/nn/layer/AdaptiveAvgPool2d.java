package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;

import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;

/**
 * The means over as many parts of each channel as wanted, whatever the size of the image: row
 * {@code i} is the mean of the rows {@code floor(i h / height)} to {@code ceil((i + 1) h /
 * height)}; PyTorch's {@code AdaptiveAvgPool2d}, after He et al., "Spatial pyramid pooling" (2014).
 *
 * <pre>{@code
 * Tensor y = new AdaptiveAvgPool2d(7, 7).predict(Tensor.zeros(8, 16, 30, 40)); // [8, 16, 7, 7]
 * }</pre>
 *
 * <p>Shapes: {@code [n, channels, h, w]} to {@code [n, channels, height, width]}. No parameters.
 */
public final class AdaptiveAvgPool2d extends Layer {
  private final int height;
  private final int width;

  /**
   * To an output of a height and width.
   *
   * @throws org.lawu.error.ArgumentException if one is below 1
   */
  public AdaptiveAvgPool2d(int height, int width) {
    this.height = positive("adaptiveAvgPool2d", "the height", height);
    this.width = positive("adaptiveAvgPool2d", "the width", width);
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return input.adaptiveAvgPool2d(height, width);
  }

  @Override
  protected String description() {
    return "AdaptiveAvgPool2d(%d, %d)".formatted(height, width);
  }

  @Override
  public Config config() {
    return Config.of("kind", "AdaptiveAvgPool2d").with("height", height).with("width", width);
  }

  /** The layer that {@link #config} describes. */
  public static AdaptiveAvgPool2d of(Config config) {
    return new AdaptiveAvgPool2d(config.integer("height"), config.integer("width"));
  }
}
