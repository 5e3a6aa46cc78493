package org.lawu.nn.layer;

import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;

/**
 * {@code y = x Phi(x)} with the distribution function {@code Phi} of the standard normal; PyTorch's
 * {@code GELU}. Hendrycks and Gimpel, "Gaussian error linear units" (2016).
 *
 * <pre>{@code
 * Tensor y = new Gelu().predict(Tensor.of(1f, -1f)); // 0.8413, -0.1587
 * }</pre>
 *
 * <p>Shapes: any, kept. No parameters.
 */
public final class Gelu extends Layer {
  private final boolean approximate;

  /** The exact function. */
  public Gelu() {
    this(false);
  }

  private Gelu(boolean approximate) {
    this.approximate = approximate;
  }

  /**
   * The approximation {@code x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3)))}, which GPT-2 was
   * trained with; PyTorch's {@code GELU(approximate="tanh")}.
   */
  public static Gelu approximate() {
    return new Gelu(true);
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return approximate ? input.geluTanh() : input.gelu();
  }

  @Override
  protected String description() {
    return approximate ? "Gelu(approximate)" : "Gelu";
  }

  @Override
  public Config config() {
    return Config.of("kind", "Gelu").with("approximate", approximate);
  }

  /** The layer that {@link #config} describes. */
  public static Gelu of(Config config) {
    return new Gelu(config.truth("approximate"));
  }
}
