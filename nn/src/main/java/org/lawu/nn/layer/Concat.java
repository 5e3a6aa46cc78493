package org.lawu.nn.layer;

import java.util.List;
import org.lawu.error.ArgumentException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Layers;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * Runs several layers on the same input and joins what they give along an axis: {@code y = [f1(x),
 * f2(x), ...]}. Szegedy et al., "Going deeper with convolutions" (CVPR 2015).
 *
 * <pre>{@code
 * var same = Convolution.DEFAULT.padding(1);
 * var inception = new Concat(1, new Conv2d(64, 32, 1), new Conv2d(64, 32, 3, same));
 * Tensor y = inception.predict(Tensor.zeros(8, 64, 28, 28)); // [8, 64, 28, 28]
 * }</pre>
 *
 * <p>Shapes: whatever the branches take; their outputs may differ along the axis alone. Parameters:
 * those of the branches, under {@code 0.*}, {@code 1.*} and so on.
 */
public final class Concat extends Layer {
  private final int axis;
  private final List<Layer> branches;

  /**
   * Joins branches.
   *
   * @param axis of the outputs, the batch being axis 0; negative ones count from the end
   * @throws ArgumentException if there is no branch
   */
  public Concat(int axis, Layer... branches) {
    if (branches.length == 0) {
      throw new ArgumentException("concat: needs at least one layer");
    }
    this.axis = axis;
    this.branches = List.of(branches);
    for (int i = 0; i < branches.length; i++) {
      child(Integer.toString(i), branches[i]);
    }
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return Tensor.concat(
        axis, branches.stream().map(branch -> branch.forward(input, pass)).toList());
  }

  @Override
  public Concat initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  protected String description() {
    return "Concat(axis %d)".formatted(axis);
  }

  @Override
  public Config config() {
    return Config.of("kind", "Concat")
        .with("axis", axis)
        .withList("branches", branches.stream().map(Layer::config).toList());
  }

  /** The layer that {@link #config} describes. */
  public static Concat of(Config config, Layers layers) {
    List<Layer> branches = config.configs("branches").stream().map(layers::build).toList();
    return new Concat(config.integer("axis"), branches.toArray(Layer[]::new));
  }
}
