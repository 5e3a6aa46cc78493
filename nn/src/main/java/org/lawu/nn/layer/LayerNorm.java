package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;

import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.initializer.Constant;
import org.lawu.nn.initializer.Zeros;
import org.lawu.random.Philox;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Normalizes each example on its own over the last axes: {@code y = (x - mean) / sqrt(variance +
 * epsilon) weight + bias}. Ba et al., "Layer normalization" (2016); PyTorch's {@code LayerNorm}.
 *
 * <pre>{@code
 * Tensor y = new LayerNorm(768).predict(Tensor.zeros(8, 128, 768));
 * }</pre>
 *
 * <p>Shapes: {@code [..., shape]}, kept. Parameters: {@code weight [shape]}, 1 at first, and {@code
 * bias [shape]}, 0.
 */
public final class LayerNorm extends Layer {
  private final double epsilon;
  private final Parameter weight;
  private final Parameter bias;

  /**
   * Over the last axis, with epsilon 1e-5.
   *
   * @throws org.lawu.error.ArgumentException if the size is below 1
   */
  public LayerNorm(int size) {
    this(Shape.of(positive("layerNorm", "the size", size)), 1e-5);
  }

  /**
   * Over the last axes, which have the given sizes.
   *
   * @param epsilon added to the variance, above 0
   * @throws org.lawu.error.ArgumentException if there are no axes, one is empty, or epsilon is out
   *     of range
   */
  public LayerNorm(Shape shape, double epsilon) {
    this.epsilon = Standardization.epsilon("layerNorm", epsilon);
    Standardization.checkShape("layerNorm", shape);
    weight = parameter("weight", shape, new Constant(1));
    bias = parameter("bias", shape, new Zeros());
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    Standardization.checkLastAxes("layerNorm", weight.shape(), input);
    return input.layerNorm(
        weight.value().to(input.dtype()), bias.value().to(input.dtype()), epsilon);
  }

  @Override
  public LayerNorm initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  protected String description() {
    return "LayerNorm(%s)".formatted(weight.shape());
  }

  @Override
  public Config config() {
    return Config.of("kind", "LayerNorm")
        .with("shape", weight.shape().toArray())
        .with("epsilon", epsilon);
  }

  /** The layer that {@link #config} describes. */
  public static LayerNorm of(Config config) {
    return new LayerNorm(Shape.of(config.integers("shape")), config.number("epsilon"));
  }
}
