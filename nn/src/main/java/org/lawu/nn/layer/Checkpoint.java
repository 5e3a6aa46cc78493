package org.lawu.nn.layer;

import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Layers;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * A layer that keeps its input alone for backpropagation, which computes the rest again: less
 * memory for the time of one more forward pass through it. The gradients are the same to the bit;
 * dropout inside drops the same again, and batch normalization counts the batch once. Chen et al.,
 * "Training deep nets with sublinear memory cost" (2016); PyTorch's {@code torch.utils.checkpoint}.
 *
 * <pre>{@code
 * List<Layer> blocks = new ArrayList<>();
 * for (int i = 0; i < 48; i++) {
 *   blocks.add(new Checkpoint(new TransformerEncoderLayer(512, 8, 2048)));
 * }
 * var encoder = Sequential.of(blocks);
 * }</pre>
 *
 * <p>Shapes and parameters are those of the layer, under the same names, so that models with and
 * without it read each other's files. For a layer with several inputs there is {@link
 * Pass#checkpoint}.
 */
public final class Checkpoint extends Layer {
  private final Layer layer;

  /** Around a layer. */
  public Checkpoint(Layer layer) {
    this.layer = wrapped(layer);
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return pass.checkpoint((inputs, again) -> layer.forward(inputs.getFirst(), again), input);
  }

  @Override
  public Checkpoint initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  public Config config() {
    return Config.of("kind", "Checkpoint").with("layer", layer.config());
  }

  /** The layer that {@link #config} describes. */
  public static Checkpoint of(Config config, Layers layers) {
    return new Checkpoint(layers.build(config.config("layer")));
  }
}
