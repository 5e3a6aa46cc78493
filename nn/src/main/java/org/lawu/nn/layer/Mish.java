package org.lawu.nn.layer;

import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;

/**
 * {@code y = x tanh(log(1 + e^x))}; PyTorch's {@code Mish}. Misra, "Mish: a self regularized
 * non-monotonic activation function" (BMVC 2020).
 *
 * <pre>{@code
 * Tensor y = new Mish().predict(Tensor.of(1f)); // 0.8651
 * }</pre>
 *
 * <p>Shapes: any, kept. No parameters.
 */
public final class Mish extends Layer {

  /** The only kind there is. */
  public Mish() {}

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return input.mish();
  }

  @Override
  public Config config() {
    return Config.of("kind", "Mish");
  }
}
