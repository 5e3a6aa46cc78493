package org.lawu.nn.layer;

import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;

/**
 * {@code y_i = x_i - log(sum_j e^x_j)} along an axis: the logarithm of {@link Softmax}, without its
 * overflow; PyTorch's {@code LogSoftmax}. Pairs with {@link
 * org.lawu.nn.loss.NegativeLogLikelihood}.
 *
 * <pre>{@code
 * Tensor y = new LogSoftmax().predict(Tensor.of(3f, 3f)); // -0.6931, -0.6931
 * }</pre>
 *
 * <p>Shapes: any with the axis, kept. No parameters.
 */
public final class LogSoftmax extends Layer {
  private final int axis;

  /** Along the last axis. */
  public LogSoftmax() {
    this(-1);
  }

  /** Along an axis; negative ones count from the end. */
  public LogSoftmax(int axis) {
    this.axis = axis;
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return input.logSoftmax(axis);
  }

  @Override
  protected String description() {
    return "LogSoftmax(%d)".formatted(axis);
  }

  @Override
  public Config config() {
    return Config.of("kind", "LogSoftmax").with("axis", axis);
  }

  /** The layer that {@link #config} describes. */
  public static LogSoftmax of(Config config) {
    return new LogSoftmax(config.integer("axis"));
  }
}
