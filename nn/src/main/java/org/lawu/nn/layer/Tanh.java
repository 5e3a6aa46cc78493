package org.lawu.nn.layer;

import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;

/**
 * {@code y = (e^x - e^-x) / (e^x + e^-x)}, between -1 and 1; PyTorch's {@code Tanh}.
 *
 * <pre>{@code
 * Tensor y = new Tanh().predict(Tensor.of(0f, 1f)); // 0, 0.7616
 * }</pre>
 *
 * <p>Shapes: any, kept. No parameters.
 */
public final class Tanh extends Layer {

  /** The only kind there is. */
  public Tanh() {}

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return input.tanh();
  }

  @Override
  public Config config() {
    return Config.of("kind", "Tanh");
  }
}
