package org.lawu.nn.layer;

import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;

/**
 * The mean of each channel, which turns images of any size into vectors: {@code y[n, c] = mean over
 * i, j of x[n, c, i, j]} (Lin et al., "Network in network", 2014); Keras' {@code
 * GlobalAveragePooling2D}.
 *
 * <pre>{@code
 * Tensor y = new GlobalAvgPool2d().predict(Tensor.zeros(8, 512, 7, 7)); // [8, 512]
 * }</pre>
 *
 * <p>Shapes: {@code [n, channels, h, w]} to {@code [n, channels]}. No parameters.
 */
public final class GlobalAvgPool2d extends Layer {

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    if (input.rank() != 4) {
      throw new ShapeException(
          "globalAvgPool2d: the input must be [n, channels, height, width], got %s"
              .formatted(input.shape()));
    }
    return input.mean(new int[] {2, 3}, false);
  }

  @Override
  public Config config() {
    return Config.of("kind", "GlobalAvgPool2d");
  }
}
