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
 * {@link TransformerDecoderLayer}s one after another; PyTorch's {@code TransformerDecoder}.
 *
 * <pre>{@code
 * var decoder = new TransformerDecoder(6, () -> new TransformerDecoderLayer(512, 8, 2048));
 * Tensor y = decoder.forward(target, memory, AttentionMask.causal(), AttentionMask.none(), pass);
 * }</pre>
 *
 * <p>Shapes: target {@code [n, t, dim]}, memory {@code [n, s, dim]}, output {@code [n, t, dim]}.
 * Parameters: {@code layers.0.*}, {@code layers.1.*} and so on, and {@code norm.*} where there is a
 * final norm.
 */
public final class TransformerDecoder extends Layer {
  private final List<TransformerDecoderLayer> layers;
  private final @Nullable LayerNorm norm;

  /**
   * Without a norm at the end, as fits layers that end in one.
   *
   * @param layer makes each layer
   * @throws org.lawu.error.ArgumentException if the count is below 1
   */
  public TransformerDecoder(int count, Supplier<TransformerDecoderLayer> layer) {
    this(layers(count, layer), null);
  }

  /**
   * With a norm at the end, as fits layers with their norms first.
   *
   * @param layer makes each layer
   * @throws org.lawu.error.ArgumentException if the count is below 1
   */
  public TransformerDecoder(int count, Supplier<TransformerDecoderLayer> layer, LayerNorm norm) {
    this(layers(count, layer), norm);
  }

  private TransformerDecoder(List<TransformerDecoderLayer> layers, @Nullable LayerNorm norm) {
    this.layers = layers;
    child("layers", Sequential.of(layers));
    this.norm = norm == null ? null : child("norm", norm);
  }

  private static List<TransformerDecoderLayer> layers(
      int count, Supplier<TransformerDecoderLayer> layer) {
    return Stream.generate(layer)
        .limit(Setting.positive("transformerDecoder", "count", count))
        .toList();
  }

  /** Without masks; to generate, the target's mask must be causal. */
  public Tensor forward(Tensor target, Tensor memory, Pass pass) {
    return forward(target, memory, AttentionMask.none(), AttentionMask.none(), pass);
  }

  /**
   * With masks for every layer.
   *
   * @param targetMask what of the target each of its places may attend to, usually {@link
   *     AttentionMask#causal}
   * @param memoryMask what of the memory may be attended to, usually its padding mask
   */
  public Tensor forward(
      Tensor target, Tensor memory, AttentionMask targetMask, AttentionMask memoryMask, Pass pass) {
    return observed(
        pass,
        () -> {
          Tensor x =
              Workspace.tidy(
                  target,
                  layers,
                  (y, layer) -> layer.forward(y, memory, targetMask, memoryMask, pass));
          return norm == null ? x : norm.forward(x, pass);
        });
  }

  @Override
  public TransformerDecoder initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  public Config config() {
    Config config =
        Config.of("kind", "TransformerDecoder")
            .withList("layers", layers.stream().map(Layer::config).toList());
    return norm == null ? config : config.with("norm", norm.config());
  }

  /** The layer that {@link #config} describes. */
  public static TransformerDecoder of(Config config, Layers layers) {
    return new TransformerDecoder(
        config.configs("layers").stream()
            .map(part -> layers.build(part, TransformerDecoderLayer.class))
            .toList(),
        config.has("norm") ? layers.build(config.config("norm"), LayerNorm.class) : null);
  }
}
