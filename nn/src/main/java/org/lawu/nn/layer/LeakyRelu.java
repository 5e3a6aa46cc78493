package org.lawu.nn.layer;

import org.lawu.error.ArgumentException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;

/**
 * {@code y = x} above 0 and {@code slope x} below; PyTorch's {@code LeakyReLU}. Maas et al.,
 * "Rectifier nonlinearities improve neural network acoustic models" (ICML 2013).
 *
 * <pre>{@code
 * Tensor y = new LeakyRelu(0.1).predict(Tensor.of(-1f, 2f)); // -0.1, 2
 * }</pre>
 *
 * <p>Shapes: any, kept. No parameters.
 */
public final class LeakyRelu extends Layer {
  private static final double DEFAULT_SLOPE = 0.01;

  private final double slope;

  /** With a slope of 0.01. */
  public LeakyRelu() {
    this(DEFAULT_SLOPE);
  }

  /**
   * With a slope for numbers below 0.
   *
   * @throws ArgumentException if the slope is not finite
   */
  public LeakyRelu(double slope) {
    if (!Double.isFinite(slope)) {
      throw new ArgumentException("leakyRelu: the slope must be finite, got " + slope);
    }
    this.slope = slope;
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return input.leakyRelu(slope);
  }

  @Override
  protected String description() {
    return "LeakyRelu(%s)".formatted(slope);
  }

  @Override
  public Config config() {
    return Config.of("kind", "LeakyRelu").with("slope", slope);
  }

  /** The layer that {@link #config} describes. */
  public static LeakyRelu of(Config config) {
    return new LeakyRelu(config.number("slope"));
  }
}
