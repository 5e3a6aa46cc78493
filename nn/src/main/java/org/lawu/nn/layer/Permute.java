package org.lawu.nn.layer;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;

/**
 * The axes in another order, as a view: axis {@code i} of the output is axis {@code axes[i]} of the
 * input; torchvision's {@code Permute}. The batch is axis 0 and is named too.
 *
 * <pre>{@code
 * Tensor y = new Permute(0, 2, 1).predict(Tensor.zeros(32, 20, 64)); // [32, 64, 20]
 * }</pre>
 *
 * <p>Shapes: any of that many axes, and any type. No parameters.
 */
public final class Permute extends Layer {
  private final int[] axes;

  /** To an order of all axes. */
  public Permute(int... axes) {
    this.axes = axes.clone();
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return input.permute(axes);
  }

  @Override
  protected String description() {
    return Arrays.stream(axes)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "Permute(", ")"));
  }

  @Override
  public Config config() {
    return Config.of("kind", "Permute").with("axes", axes);
  }

  /** The layer that {@link #config} describes. */
  public static Permute of(Config config) {
    return new Permute(config.integers("axes"));
  }
}
