package org.lawu.nn.layer;

import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;

/**
 * {@code y = 1 / (1 + e^-x)}, between 0 and 1; PyTorch's {@code Sigmoid}. To train a binary
 * classifier, leave it out and use {@link org.lawu.nn.loss.BinaryCrossEntropy} on the logits.
 *
 * <pre>{@code
 * Tensor y = new Sigmoid().predict(Tensor.of(0f)); // 0.5
 * }</pre>
 *
 * <p>Shapes: any, kept. No parameters.
 */
public final class Sigmoid extends Layer {

  /** The only kind there is. */
  public Sigmoid() {}

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return input.sigmoid();
  }

  @Override
  public Config config() {
    return Config.of("kind", "Sigmoid");
  }
}
