package org.lawu.nn.layer;

import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;

/**
 * Sets elements to zero at random while training, against overfitting: {@code y = x m / (1 - rate)}
 * with {@code m} 0 with probability {@code rate} and 1 otherwise, each element on its own. The
 * division keeps the expected value, so that inference is {@code y = x} (inverted dropout).
 * Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting" (JMLR
 * 2014); PyTorch's {@code Dropout}.
 *
 * <pre>{@code
 * var dropout = new Dropout(0.2);
 * Tensor y = dropout.forward(x, Pass.training(new Philox(42)));
 * }</pre>
 *
 * <p>Shapes: any, kept. No parameters; the mask is drawn from the generator of the {@link Pass}.
 */
public final class Dropout extends Layer {
  private final double rate;

  /**
   * Drops a share of the elements.
   *
   * @param rate the probability for each, at least 0 and below 1
   * @throws ArgumentException if the rate is anything else
   */
  public Dropout(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new ArgumentException(
          "dropout: the rate must be at least 0 and below 1, got %s; it is the share to drop"
              .formatted(rate));
    }
    this.rate = rate;
  }

  /** The share that is dropped. */
  double rate() {
    return rate;
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    if (!input.dtype().isFloating()) {
      throw new DTypeException(
          "dropout: needs FLOAT32 or FLOAT64, got %s %s; convert with .to(DType.FLOAT32)"
              .formatted(input.dtype(), input.shape()));
    }
    if (!pass.isTraining() || rate == 0) {
      return input;
    }
    double kept = 1 - rate;
    Tensor mask = Tensor.bernoulli(pass.random(), kept, input.shape().toArray()).mul(1 / kept);
    return input.mul(mask.to(input.dtype()));
  }

  @Override
  protected String description() {
    return "Dropout(%s)".formatted(rate);
  }

  @Override
  public Config config() {
    return Config.of("kind", "Dropout").with("rate", rate);
  }

  /** The layer that {@link #config} describes. */
  public static Dropout of(Config config) {
    return new Dropout(config.number("rate"));
  }
}
