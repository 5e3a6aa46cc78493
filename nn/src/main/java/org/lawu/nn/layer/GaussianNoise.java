package org.lawu.nn.layer;

import org.lawu.error.ArgumentException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;

/**
 * Adds normally distributed noise while training: {@code y = x + e}, {@code e ~ N(0, deviation^2)},
 * each element on its own; inference is {@code y = x}. Bishop, "Training with noise is equivalent
 * to Tikhonov regularization" (Neural Computation 1995); Keras's {@code GaussianNoise}.
 *
 * <pre>{@code
 * Tensor y = new GaussianNoise(0.1).forward(x, Pass.training(new Philox(42)));
 * }</pre>
 *
 * <p>Shapes: any, kept. No parameters; the noise is drawn from the generator of the {@link Pass}.
 */
public final class GaussianNoise extends Layer {
  private final double deviation;

  /**
   * Noise of a strength.
   *
   * @param deviation its standard deviation
   * @throws ArgumentException if it is negative or not finite
   */
  public GaussianNoise(double deviation) {
    if (!(deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
      throw new ArgumentException(
          "gaussianNoise: the deviation must be finite and not negative, got " + deviation);
    }
    this.deviation = deviation;
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    Standardization.checkFloating("gaussianNoise", input);
    if (!pass.isTraining() || deviation == 0) {
      return input;
    }
    Tensor noise = Tensor.normal(pass.random(), 0, deviation, input.shape().toArray());
    return input.add(noise.to(input.dtype()));
  }

  @Override
  protected String description() {
    return "GaussianNoise(%s)".formatted(deviation);
  }

  @Override
  public Config config() {
    return Config.of("kind", "GaussianNoise").with("deviation", deviation);
  }

  /** The layer that {@link #config} describes. */
  public static GaussianNoise of(Config config) {
    return new GaussianNoise(config.number("deviation"));
  }
}
