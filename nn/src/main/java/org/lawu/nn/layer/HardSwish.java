package org.lawu.nn.layer;

import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;

/**
 * {@code y = x min(max(x + 3, 0), 6) / 6}, {@link Silu} in straight pieces; PyTorch's {@code
 * Hardswish}. Howard et al., "Searching for MobileNetV3" (ICCV 2019).
 *
 * <pre>{@code
 * Tensor y = new HardSwish().predict(Tensor.of(1f)); // 0.6667
 * }</pre>
 *
 * <p>Shapes: any, kept. No parameters.
 */
public final class HardSwish extends Layer {

  /** The only kind there is. */
  public HardSwish() {}

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return input.hardSwish();
  }

  @Override
  public Config config() {
    return Config.of("kind", "HardSwish");
  }
}
