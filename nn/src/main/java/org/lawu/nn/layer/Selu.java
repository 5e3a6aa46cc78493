package org.lawu.nn.layer;

import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;

/**
 * {@code y = s x} above 0 and {@code s a (e^x - 1)} below, with {@code s = 1.0507} and {@code a =
 * 1.6733}, which keep mean 0 and variance 1 from layer to layer where weights have variance {@code
 * 1 / in}; PyTorch's {@code SELU}. Klambauer et al., "Self-normalizing neural networks" (NeurIPS
 * 2017).
 *
 * <pre>{@code
 * Tensor y = new Selu().predict(Tensor.of(1f)); // 1.0507
 * }</pre>
 *
 * <p>Shapes: any, kept. No parameters.
 */
public final class Selu extends Layer {

  /** The only kind there is. */
  public Selu() {}

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return input.selu();
  }

  @Override
  public Config config() {
    return Config.of("kind", "Selu");
  }
}
