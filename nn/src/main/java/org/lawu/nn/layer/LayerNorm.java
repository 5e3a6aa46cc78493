package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;

import java.util.stream.IntStream;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.initializer.Constant;
import org.lawu.nn.initializer.Zeros;
import org.lawu.random.Philox;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Normalizes each example over its last axes: {@code y = (x - mean) / sqrt(variance + epsilon) *
 * weight + bias}, the variance being that of the population. Ba, Kiros and Hinton, "Layer
 * normalization" (2016); PyTorch's {@code LayerNorm}.
 *
 * <pre>{@code
 * var norm = new LayerNorm(512);
 * Tensor y = norm.predict(Tensor.zeros(32, 20, 512)); // each of the 640 vectors by itself
 * }</pre>
 *
 * <p>Shapes: {@code [..., shape]}, kept. Parameters: {@code weight} and {@code bias} of the shape
 * normalized over, ones and zeros at first.
 */
public final class LayerNorm extends Layer {
  private static final double EPSILON = 1e-5;

  private final Shape shape;
  private final double epsilon;
  private final Parameter weight;
  private final Parameter bias;

  /**
   * Over the last axes, which have these sizes, with an epsilon of 1e-5.
   *
   * @throws ArgumentException if there is no size, or one below 1
   */
  public LayerNorm(int... shape) {
    this(EPSILON, shape);
  }

  /**
   * With an epsilon of one's own.
   *
   * @throws ArgumentException if there is no size, or one below 1, or the epsilon is negative or
   *     not finite
   */
  public LayerNorm(double epsilon, int... shape) {
    if (shape.length == 0) {
      throw new ArgumentException("layerNorm: needs at least one size; give that of the last axis");
    }
    for (int size : shape) {
      positive("layerNorm", "each size", size);
    }
    if (!(epsilon >= 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new ArgumentException(
          "layerNorm: epsilon must be at least 0 and finite, got " + epsilon);
    }
    this.shape = Shape.of(shape);
    this.epsilon = epsilon;
    this.weight = parameter("weight", this.shape, new Constant(1));
    this.bias = parameter("bias", this.shape, new Zeros());
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    int from = input.rank() - shape.rank();
    if (from < 0 || !input.shape().slice(from, input.rank()).equals(shape)) {
      throw new ShapeException(
          "layerNorm: the last axes must be %s, input is %s".formatted(shape, input.shape()));
    }
    int[] axes = IntStream.range(from, input.rank()).toArray();
    Tensor centered = input.sub(input.mean(axes, true));
    Tensor deviation = centered.square().mean(axes, true).add(epsilon).sqrt();
    return centered.div(deviation).mul(weight.value()).add(bias.value());
  }

  @Override
  public LayerNorm initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  protected String description() {
    return "LayerNorm(%s)".formatted(shape.rank() == 1 ? shape.size(0) : shape);
  }
}
