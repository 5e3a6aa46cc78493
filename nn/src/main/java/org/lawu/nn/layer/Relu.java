package org.lawu.nn.layer;

import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;

/**
 * {@code y = max(x, 0)}; PyTorch's {@code ReLU}. Nair and Hinton, "Rectified linear units improve
 * restricted Boltzmann machines" (ICML 2010).
 *
 * <pre>{@code
 * Tensor y = new Relu().predict(Tensor.of(-1f, 2f)); // 0, 2
 * }</pre>
 *
 * <p>Shapes: any, kept. No parameters.
 */
public final class Relu extends Layer {

  /** The only kind there is. */
  public Relu() {}

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return input.relu();
  }

  @Override
  public Config config() {
    return Config.of("kind", "Relu");
  }
}
