package org.lawu.nn.layer;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Gives every example of the batch another shape; Keras's {@code Reshape}, and what PyTorch's
 * {@code Unflatten(1, sizes)} does to rows.
 *
 * <pre>{@code
 * Tensor y = new Reshape(1, 28, 28).predict(Tensor.zeros(32, 784)); // [32, 1, 28, 28]
 * }</pre>
 *
 * <p>Shapes: {@code [n, ...]} to {@code [n, sizes...]}, of any type. No parameters.
 */
public final class Reshape extends Layer {
  private final int[] sizes;

  /**
   * To sizes, of which one may be -1 for what is left.
   *
   * @param sizes of one example, without the batch
   */
  public Reshape(int... sizes) {
    this.sizes = sizes.clone();
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    if (input.rank() == 0) {
      throw new ShapeException("reshape: the input must have a batch axis, got []");
    }
    // Of the example, so that -1 is known for an empty batch too.
    Shape example = input.shape().slice(1, input.rank()).reshape("reshape", sizes);
    return input.reshape(example.insert(0, input.size(0)));
  }

  @Override
  protected String description() {
    return Arrays.stream(sizes)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "Reshape(", ")"));
  }

  @Override
  public Config config() {
    return Config.of("kind", "Reshape").with("sizes", sizes);
  }

  /** The layer that {@link #config} describes. */
  public static Reshape of(Config config) {
    return new Reshape(config.integers("sizes"));
  }
}
