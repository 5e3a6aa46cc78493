package org.lawu.nn.layer;

import org.lawu.error.ArgumentException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;

/**
 * {@code y = x} above 0 and {@code alpha (e^x - 1)} below; PyTorch's {@code ELU}. Clevert et al.,
 * "Fast and accurate deep network learning by exponential linear units (ELUs)" (ICLR 2016).
 *
 * <pre>{@code
 * Tensor y = new Elu().predict(Tensor.of(-1f, 2f)); // -0.6321, 2
 * }</pre>
 *
 * <p>Shapes: any, kept. No parameters.
 */
public final class Elu extends Layer {
  private final double alpha;

  /** With an alpha of 1. */
  public Elu() {
    this(1);
  }

  /**
   * With {@code -alpha} as the limit below.
   *
   * @throws ArgumentException if alpha is not finite
   */
  public Elu(double alpha) {
    if (!Double.isFinite(alpha)) {
      throw new ArgumentException("elu: alpha must be finite, got " + alpha);
    }
    this.alpha = alpha;
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return input.elu(alpha);
  }

  @Override
  protected String description() {
    return "Elu(%s)".formatted(alpha);
  }

  @Override
  public Config config() {
    return Config.of("kind", "Elu").with("alpha", alpha);
  }

  /** The layer that {@link #config} describes. */
  public static Elu of(Config config) {
    return new Elu(config.number("alpha"));
  }
}
