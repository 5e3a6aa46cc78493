package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;

import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.initializer.Constant;
import org.lawu.random.Philox;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Leaky relu whose slope is learned: {@code y = x} for {@code x > 0} and {@code a x} otherwise,
 * with one slope for all or one for each channel. He et al., "Delving deep into rectifiers" (ICCV
 * 2015); PyTorch's {@code PReLU}.
 *
 * <pre>{@code
 * Tensor y = new PRelu(16).predict(Tensor.ones(8, 16, 28, 28).neg()); // -0.25 everywhere
 * }</pre>
 *
 * <p>Shapes: any for one slope, {@code [n, count, ...]} for more, kept. Parameters: {@code weight
 * [count]}, 0.25 at first.
 */
public final class PRelu extends Layer {
  private final int count;
  private final Parameter weight;

  /** One slope for all elements. */
  public PRelu() {
    this(1);
  }

  /**
   * As many slopes as there are channels, or one.
   *
   * @throws org.lawu.error.ArgumentException if the count is below 1
   */
  public PRelu(int count) {
    this.count = positive("pRelu", "count", count);
    weight = parameter("weight", Shape.of(count), new Constant(0.25));
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    Standardization.checkFloating("pRelu", input);
    return Tensor.where(input.greater(0), input, input.mul(slopes(input)));
  }

  private Tensor slopes(Tensor input) {
    if (count == 1) {
      return weight.value().reshape(Shape.SCALAR).to(input.dtype());
    }
    Standardization.checkChannels("pRelu", count, input);
    return Standardization.perChannel(weight, input);
  }

  @Override
  public PRelu initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  protected String description() {
    return "PRelu(%d)".formatted(count);
  }

  @Override
  public Config config() {
    return Config.of("kind", "PRelu").with("count", count);
  }

  /** The layer that {@link #config} describes. */
  public static PRelu of(Config config) {
    return new PRelu(config.integer("count"));
  }
}
