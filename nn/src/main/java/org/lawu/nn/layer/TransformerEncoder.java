package org.lawu.nn.layer;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Layers;
import org.lawu.nn.Pass;
import org.lawu.nn.Sequential;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Workspace;

/**
 * {@link TransformerEncoderLayer}s one after another; PyTorch's {@code TransformerEncoder}.
 *
 * <pre>{@code
 * var encoder = new TransformerEncoder(6, () -> new TransformerEncoderLayer(512, 8, 2048));
 * Tensor memory = encoder.forward(x, AttentionMask.padding(tokens.notEqual(0)), pass);
 * }</pre>
 *
 * <p>Shapes: {@code [n, t, dim]}, kept. Parameters: {@code layers.0.*}, {@code layers.1.*} and so
 * on, and {@code norm.*} where there is a final norm.
 */
public final class TransformerEncoder extends Layer {
  private final List<TransformerEncoderLayer> layers;
  private final @Nullable LayerNorm norm;

  /**
   * Without a norm at the end, as fits layers that end in one.
   *
   * @param layer makes each layer
   * @throws org.lawu.error.ArgumentException if the count is below 1
   */
  public TransformerEncoder(int count, Supplier<TransformerEncoderLayer> layer) {
    this(layers(count, layer), null);
  }

  /**
   * With a norm at the end, as fits layers with their norms first.
   *
   * @param layer makes each layer
   * @throws org.lawu.error.ArgumentException if the count is below 1
   */
  public TransformerEncoder(int count, Supplier<TransformerEncoderLayer> layer, LayerNorm norm) {
    this(layers(count, layer), norm);
  }

  private TransformerEncoder(List<TransformerEncoderLayer> layers, @Nullable LayerNorm norm) {
    this.layers = layers;
    child("layers", Sequential.of(layers));
    this.norm = norm == null ? null : child("norm", norm);
  }

  private static List<TransformerEncoderLayer> layers(
      int count, Supplier<TransformerEncoderLayer> layer) {
    return Stream.generate(layer)
        .limit(Setting.positive("transformerEncoder", "count", count))
        .toList();
  }

  /** With a mask on the attention of every layer. */
  public Tensor forward(Tensor input, AttentionMask mask, Pass pass) {
    return observed(pass, () -> run(input, mask, pass));
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return run(input, AttentionMask.none(), pass);
  }

  private Tensor run(Tensor input, AttentionMask mask, Pass pass) {
    Tensor x = Workspace.tidy(input, layers, (y, layer) -> layer.forward(y, mask, pass));
    return norm == null ? x : norm.forward(x, pass);
  }

  @Override
  public TransformerEncoder initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  public Config config() {
    Config config =
        Config.of("kind", "TransformerEncoder")
            .withList("layers", layers.stream().map(Layer::config).toList());
    return norm == null ? config : config.with("norm", norm.config());
  }

  /** The layer that {@link #config} describes. */
  public static TransformerEncoder of(Config config, Layers layers) {
    return new TransformerEncoder(
        config.configs("layers").stream()
            .map(part -> layers.build(part, TransformerEncoderLayer.class))
            .toList(),
        config.has("norm") ? layers.build(config.config("norm"), LayerNorm.class) : null);
  }
}
