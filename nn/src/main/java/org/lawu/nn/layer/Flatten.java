package org.lawu.nn.layer;

import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;

/**
 * All axes but the first merged into one, so that an image becomes a row of numbers; PyTorch's
 * {@code Flatten}.
 *
 * <pre>{@code
 * Tensor y = new Flatten().predict(Tensor.zeros(32, 28, 28)); // [32, 784]
 * }</pre>
 *
 * <p>Shapes: {@code [batch, a, b, ...]} to {@code [batch, a b ...]}, of any type. No parameters.
 */
public final class Flatten extends Layer {

  /** The only kind there is. */
  public Flatten() {}

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return input.flatten(1);
  }

  @Override
  public Config config() {
    return Config.of("kind", "Flatten");
  }
}
