package org.lawu.nn.layer;

import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;

/**
 * {@code y = log(1 + e^x)}, a smooth relu, always positive; PyTorch's {@code Softplus}. Dugas et
 * al., "Incorporating second-order functional knowledge for better option pricing" (NIPS 2000).
 *
 * <pre>{@code
 * Tensor y = new Softplus().predict(Tensor.of(0f)); // 0.6931
 * }</pre>
 *
 * <p>Shapes: any, kept. No parameters.
 */
public final class Softplus extends Layer {

  /** The only kind there is. */
  public Softplus() {}

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return input.softplus();
  }

  @Override
  public Config config() {
    return Config.of("kind", "Softplus");
  }
}
