package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;

import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.initializer.Normal;
import org.lawu.random.Philox;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Adds to each vector of a sequence one that is learned for its position: {@code y[p] = x[p] +
 * weight[p]}. Gehring et al., "Convolutional sequence to sequence learning" (ICML 2017); what
 * PyTorch models write as an {@code Embedding} of the positions.
 *
 * <pre>{@code
 * var positions = new LearnedPositions(1024, 512);
 * Tensor y = positions.predict(Tensor.zeros(32, 20, 512));
 * }</pre>
 *
 * <p>Shapes: {@code [n, t, dim]} with {@code t} up to the length, kept. Parameter: {@code weight
 * [length, dim]}, normal with a standard deviation of 0.02 at first, as in GPT-2.
 */
public final class LearnedPositions extends Layer {
  private static final double DEVIATION = 0.02;

  private final int length;
  private final int dim;
  private final Parameter weight;

  /**
   * For sequences up to a length.
   *
   * @throws org.lawu.error.ArgumentException if a number is below 1
   */
  public LearnedPositions(int length, int dim) {
    this.length = positive("learnedPositions", "length", length);
    this.dim = positive("learnedPositions", "dim", dim);
    this.weight = parameter("weight", Shape.of(length, dim), new Normal(0, DEVIATION));
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    SinusoidalPositions.check("learnedPositions", input, length, dim);
    return input.add(weight.value().slice(0, 0, input.size(1)));
  }

  @Override
  public LearnedPositions initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  protected String description() {
    return "LearnedPositions(%d, %d)".formatted(length, dim);
  }

  @Override
  public Config config() {
    return Config.of("kind", "LearnedPositions").with("length", length).with("dim", dim);
  }

  /** The layer that {@link #config} describes. */
  public static LearnedPositions of(Config config) {
    return new LearnedPositions(config.integer("length"), config.integer("dim"));
  }
}
