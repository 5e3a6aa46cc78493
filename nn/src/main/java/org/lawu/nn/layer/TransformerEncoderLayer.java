package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;
import static org.lawu.tensor.Workspace.tidy;

import java.util.function.Supplier;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Self-attention, then a feed-forward part, each added to its input: {@code x = norm1(x +
 * attention(x))}, {@code y = norm2(x + linear2(activation(linear1(x))))}; with the norms first,
 * {@code x = x + attention(norm1(x))}, {@code y = x + linear2(activation(linear1(norm2(x))))}.
 * Vaswani et al., "Attention is all you need" (NeurIPS 2017); PyTorch's {@code
 * TransformerEncoderLayer} with {@code batch_first}.
 *
 * <pre>{@code
 * var layer = new TransformerEncoderLayer(512, 8, 2048);
 * Tensor y = layer.forward(x, AttentionMask.padding(tokens.notEqual(0)), pass);
 * }</pre>
 *
 * <p>Shapes: {@code [n, t, dim]}, kept. Parameters: {@code self_attn.*} ({@link
 * MultiHeadAttention}), {@code linear1.*} and {@code linear2.*} ({@link Dense}), {@code norm1.*}
 * and {@code norm2.*} ({@link LayerNorm}). Causal, it is the layer of a decoder-only model.
 */
public final class TransformerEncoderLayer extends Layer {
  private final String description;
  private final int dim;
  private final int heads;
  private final int hidden;
  private final TransformerOptions options;
  private final MultiHeadAttention attention;
  private final Dense linear1;
  private final Dense linear2;
  private final LayerNorm norm1;
  private final LayerNorm norm2;
  private final Dropout dropout;

  /**
   * With the standard options.
   *
   * @param hidden the numbers between the two maps of the feed-forward part
   * @throws org.lawu.error.ArgumentException if a number is below 1, or the heads do not divide the
   *     dim
   */
  public TransformerEncoderLayer(int dim, int heads, int hidden) {
    this(dim, heads, hidden, TransformerOptions.standard());
  }

  /**
   * With options.
   *
   * @param hidden the numbers between the two maps of the feed-forward part
   * @throws org.lawu.error.ArgumentException if a number is below 1, or the heads do not divide the
   *     dim
   */
  public TransformerEncoderLayer(int dim, int heads, int hidden, TransformerOptions options) {
    positive("transformerEncoderLayer", "hidden", hidden);
    this.description =
        "TransformerEncoderLayer(%d, heads %d, hidden %d%s)"
            .formatted(dim, heads, hidden, options.description());
    this.dim = dim;
    this.heads = heads;
    this.hidden = hidden;
    this.options = options;
    this.dropout = new Dropout(options.dropout());
    this.attention = child("self_attn", new MultiHeadAttention(dim, heads, options.dropout()));
    this.linear1 = child("linear1", new Dense(dim, hidden));
    this.linear2 = child("linear2", new Dense(hidden, dim));
    this.norm1 = child("norm1", new LayerNorm(Shape.of(dim), options.epsilon()));
    this.norm2 = child("norm2", new LayerNorm(Shape.of(dim), options.epsilon()));
  }

  /** With a mask on the attention. */
  public Tensor forward(Tensor input, AttentionMask mask, Pass pass) {
    return observed(pass, () -> run(input, mask, pass));
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return run(input, AttentionMask.none(), pass);
  }

  private Tensor run(Tensor input, AttentionMask mask, Pass pass) {
    Sequences.check("transformerEncoderLayer", "input", input, dim);
    if (options.isNormFirst()) {
      Tensor x = tidy(() -> input.add(attend(norm1.forward(input, pass), mask, pass)));
      return x.add(feedForward(norm2.forward(x, pass), pass));
    }
    Tensor x = tidy(() -> norm1.forward(sum(input, () -> attend(input, mask, pass)), pass));
    return norm2.forward(sum(x, () -> feedForward(x, pass)), pass);
  }

  private static Tensor sum(Tensor x, Supplier<Tensor> change) {
    return tidy(() -> x.add(change.get()));
  }

  private Tensor attend(Tensor x, AttentionMask mask, Pass pass) {
    return tidy(() -> dropout.forward(attention.forward(x, mask, pass), pass));
  }

  private Tensor feedForward(Tensor x, Pass pass) {
    return tidy(() -> {
      Tensor hidden = tidy(() -> options.activation().of(linear1.forward(x, pass)));
      return dropout.forward(linear2.forward(dropout.forward(hidden, pass), pass), pass);
    });
  }

  @Override
  public TransformerEncoderLayer initialize(Philox random) {
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
        Config.of("kind", "TransformerEncoderLayer")
            .with("dim", dim)
            .with("heads", heads)
            .with("hidden", hidden));
  }

  /** The layer that {@link #config} describes. */
  public static TransformerEncoderLayer of(Config config) {
    return new TransformerEncoderLayer(
        config.integer("dim"),
        config.integer("heads"),
        config.integer("hidden"),
        TransformerOptions.of(config));
  }
}
