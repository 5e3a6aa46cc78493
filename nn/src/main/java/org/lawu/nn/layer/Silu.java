package org.lawu.nn.layer;

import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;

/**
 * {@code y = x / (1 + e^-x)}, also known as swish; PyTorch's {@code SiLU}. Elfwing et al.,
 * "Sigmoid-weighted linear units for neural network function approximation in reinforcement
 * learning" (Neural Networks 2018).
 *
 * <pre>{@code
 * Tensor y = new Silu().predict(Tensor.of(1f)); // 0.7311
 * }</pre>
 *
 * <p>Shapes: any, kept. No parameters.
 */
public final class Silu extends Layer {

  /** The only kind there is. */
  public Silu() {}

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return input.silu();
  }

  @Override
  public Config config() {
    return Config.of("kind", "Silu");
  }
}
