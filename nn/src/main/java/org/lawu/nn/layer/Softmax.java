package org.lawu.nn.layer;

import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;

/**
 * {@code y_i = e^x_i / sum_j e^x_j} along an axis: positive and of sum 1; PyTorch's {@code
 * Softmax}. To train a classifier, leave it out and use {@link org.lawu.nn.loss.CrossEntropy} on
 * the logits.
 *
 * <pre>{@code
 * Tensor y = new Softmax().predict(Tensor.of(3f, 3f)); // 0.5, 0.5
 * }</pre>
 *
 * <p>Shapes: any with the axis, kept. No parameters.
 */
public final class Softmax extends Layer {
  private final int axis;

  /** Along the last axis. */
  public Softmax() {
    this(-1);
  }

  /** Along an axis; negative ones count from the end. */
  public Softmax(int axis) {
    this.axis = axis;
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return input.softmax(axis);
  }

  @Override
  protected String description() {
    return "Softmax(%d)".formatted(axis);
  }

  @Override
  public Config config() {
    return Config.of("kind", "Softmax").with("axis", axis);
  }

  /** The layer that {@link #config} describes. */
  public static Softmax of(Config config) {
    return new Softmax(config.integer("axis"));
  }
}
