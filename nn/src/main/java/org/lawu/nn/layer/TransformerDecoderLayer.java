package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;
import static org.lawu.tensor.Workspace.tidy;

import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Self-attention, attention to a memory, then a feed-forward part, each added to its input: {@code
 * x = norm1(x + self(x))}, {@code x = norm2(x + cross(x, memory))}, {@code y = norm3(x +
 * linear2(activation(linear1(x))))}; with the norms first, {@code x = x + self(norm1(x))} and so
 * on. Vaswani et al., "Attention is all you need" (NeurIPS 2017); PyTorch's {@code
 * TransformerDecoderLayer} with {@code batch_first}.
 *
 * <pre>{@code
 * var layer = new TransformerDecoderLayer(512, 8, 2048);
 * Tensor y = layer.forward(target, memory, AttentionMask.causal(), AttentionMask.none(), pass);
 * }</pre>
 *
 * <p>Shapes: target {@code [n, t, dim]}, memory {@code [n, s, dim]}, output {@code [n, t, dim]}.
 * Parameters: {@code self_attn.*} and {@code multihead_attn.*} ({@link MultiHeadAttention}; the
 * second attends to the memory), {@code linear1.*} and {@code linear2.*} ({@link Dense}), {@code
 * norm1.*}, {@code norm2.*} and {@code norm3.*} ({@link LayerNorm}).
 */
public final class TransformerDecoderLayer extends Layer {
  private static final String NAME = "transformerDecoderLayer";

  private final String description;
  private final int dim;
  private final int heads;
  private final int hidden;
  private final TransformerOptions options;
  private final MultiHeadAttention selfAttention;
  private final MultiHeadAttention crossAttention;
  private final Dense linear1;
  private final Dense linear2;
  private final LayerNorm norm1;
  private final LayerNorm norm2;
  private final LayerNorm norm3;
  private final Dropout dropout;

  /**
   * With the standard options.
   *
   * @param hidden the numbers between the two maps of the feed-forward part
   * @throws org.lawu.error.ArgumentException if a number is below 1, or the heads do not divide the
   *     dim
   */
  public TransformerDecoderLayer(int dim, int heads, int hidden) {
    this(dim, heads, hidden, TransformerOptions.standard());
  }

  /**
   * With options.
   *
   * @param hidden the numbers between the two maps of the feed-forward part
   * @throws org.lawu.error.ArgumentException if a number is below 1, or the heads do not divide the
   *     dim
   */
  public TransformerDecoderLayer(int dim, int heads, int hidden, TransformerOptions options) {
    positive(NAME, "hidden", hidden);
    this.description =
        "TransformerDecoderLayer(%d, heads %d, hidden %d%s)"
            .formatted(dim, heads, hidden, options.description());
    this.dim = dim;
    this.heads = heads;
    this.hidden = hidden;
    this.options = options;
    double rate = options.dropout();
    this.dropout = new Dropout(rate);
    this.selfAttention = child("self_attn", new MultiHeadAttention(dim, heads, rate));
    this.crossAttention = child("multihead_attn", new MultiHeadAttention(dim, heads, rate));
    this.linear1 = child("linear1", new Dense(dim, hidden));
    this.linear2 = child("linear2", new Dense(hidden, dim));
    this.norm1 = child("norm1", new LayerNorm(Shape.of(dim), options.epsilon()));
    this.norm2 = child("norm2", new LayerNorm(Shape.of(dim), options.epsilon()));
    this.norm3 = child("norm3", new LayerNorm(Shape.of(dim), options.epsilon()));
  }

  /** Without masks; to generate, the target's mask must be causal. */
  public Tensor forward(Tensor target, Tensor memory, Pass pass) {
    return forward(target, memory, AttentionMask.none(), AttentionMask.none(), pass);
  }

  /**
   * With masks.
   *
   * @param targetMask what of the target each of its places may attend to, usually {@link
   *     AttentionMask#causal}
   * @param memoryMask what of the memory may be attended to, usually its padding mask
   */
  public Tensor forward(
      Tensor target, Tensor memory, AttentionMask targetMask, AttentionMask memoryMask, Pass pass) {
    return observed(pass, () -> run(target, memory, targetMask, memoryMask, pass));
  }

  private Tensor run(
      Tensor target, Tensor memory, AttentionMask targetMask, AttentionMask memoryMask, Pass pass) {
    Sequences.check(NAME, "target", target, dim);
    Sequences.check(NAME, "memory", memory, dim);
    Sequences.checkBatch(NAME, "target", target, "memory", memory);
    if (options.isNormFirst()) {
      Tensor attended =
          tidy(() -> target.add(attend(norm1.forward(target, pass), targetMask, pass)));
      Tensor informed =
          tidy(() -> attended.add(attend(norm2.forward(attended, pass), memory, memoryMask, pass)));
      return informed.add(feedForward(norm3.forward(informed, pass), pass));
    }
    Tensor attended = tidy(() -> norm1.forward(target.add(attend(target, targetMask, pass)), pass));
    Tensor informed =
        tidy(() -> norm2.forward(attended.add(attend(attended, memory, memoryMask, pass)), pass));
    return norm3.forward(informed.add(feedForward(informed, pass)), pass);
  }

  private Tensor attend(Tensor x, AttentionMask mask, Pass pass) {
    return tidy(() -> dropout.forward(selfAttention.forward(x, mask, pass), pass));
  }

  private Tensor attend(Tensor x, Tensor memory, AttentionMask mask, Pass pass) {
    return tidy(() -> dropout.forward(crossAttention.forward(x, memory, mask, pass), pass));
  }

  private Tensor feedForward(Tensor x, Pass pass) {
    return tidy(() -> {
      Tensor hidden = tidy(() -> options.activation().of(linear1.forward(x, pass)));
      return dropout.forward(linear2.forward(dropout.forward(hidden, pass), pass), pass);
    });
  }

  @Override
  public TransformerDecoderLayer initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  protected String description() {
    return description;
  }

  @Override
  public Config config() {
    return options.write(
        Config.of("kind", "TransformerDecoderLayer")
            .with("dim", dim)
            .with("heads", heads)
            .with("hidden", hidden));
  }

  /** The layer that {@link #config} describes. */
  public static TransformerDecoderLayer of(Config config) {
    return new TransformerDecoderLayer(
        config.integer("dim"),
        config.integer("heads"),
        config.integer("hidden"),
        TransformerOptions.of(config));
  }
}
