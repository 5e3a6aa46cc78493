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
 * Scales each example by its root mean square over the last axes: {@code y = x / sqrt(mean(x^2) +
 * epsilon) weight}. Zhang and Sennrich, "Root mean square layer normalization" (NeurIPS 2019);
 * PyTorch's {@code RMSNorm}.
 *
 * <pre>{@code
 * Tensor y = new RmsNorm(768).predict(Tensor.zeros(8, 128, 768));
 * }</pre>
 *
 * <p>Shapes: {@code [..., shape]}, kept. Parameters: {@code weight [shape]}, 1 at first.
 */
public final class RmsNorm extends Layer {
  private final double epsilon;
  private final Parameter weight;

  /**
   * Over the last axis, with epsilon 1e-6.
   *
   * @throws org.lawu.error.ArgumentException if the size is below 1
   */
  public RmsNorm(int size) {
    this(Shape.of(positive("rmsNorm", "the size", size)), 1e-6);
  }

  /**
   * Over the last axes, which have the given sizes.
   *
   * @param epsilon added to the mean square, above 0
   * @throws org.lawu.error.ArgumentException if there are no axes, one is empty, or epsilon is out
   *     of range
   */
  public RmsNorm(Shape shape, double epsilon) {
    this.epsilon = Standardization.epsilon("rmsNorm", epsilon);
    Standardization.checkShape("rmsNorm", shape);
    weight = parameter("weight", shape, new Constant(1));
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    Standardization.checkLastAxes("rmsNorm", weight.shape(), input);
    return input.rmsNorm(weight.value().to(input.dtype()), epsilon);
  }

  @Override
  public RmsNorm initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  protected String description() {
    return "RmsNorm(%s)".formatted(weight.shape());
  }

  @Override
  public Config config() {
    return Config.of("kind", "RmsNorm")
        .with("shape", weight.shape().toArray())
        .with("epsilon", epsilon);
  }

  /** The layer that {@link #config} describes. */
  public static RmsNorm of(Config config) {
    return new RmsNorm(Shape.of(config.integers("shape")), config.number("epsilon"));
  }
}
