package org.lawu.nn.model;

import static org.lawu.nn.model.Setting.positive;

import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.layer.AttentionMask;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
import org.lawu.nn.layer.Embedding;
import org.lawu.nn.layer.LayerNorm;
import org.lawu.nn.layer.LearnedPositions;
import org.lawu.nn.layer.TransformerEncoder;
import org.lawu.nn.layer.TransformerEncoderLayer;
import org.lawu.nn.layer.TransformerOptions;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * Classifies texts by letting every word look at all others: an embedding with learned positions, a
 * {@link TransformerEncoder} whose norms come first, the mean over the tokens that are no padding,
 * and a dense layer. Vaswani et al., "Attention is all you need" (NeurIPS 2017).
 *
 * <pre>{@code
 * var model = new TransformerClassifier(10_000, 256, 64, 4, 2, 2);
 * Tensor scores = model.predict(Tensor.of(new int[] {17, 4, 9, 0, 0}, 1, 5)); // [1, 2]
 * }</pre>
 *
 * <p>Shapes: INT32 {@code [n, t]} with {@code t} up to the length, in which the token 0 fills up,
 * to {@code [n, classes]}. What padding there is does not matter to the result. Parameters: {@code
 * embedding.weight} ({@link Embedding}, padding index 0), {@code positions.weight} ({@link
 * LearnedPositions}), {@code encoder.layers.K.*} and {@code encoder.norm.*} ({@link
 * TransformerEncoder}), {@code fc.*} ({@link Dense}).
 */
public final class TransformerClassifier extends Layer {
  private static final String NAME = "transformerClassifier";

  /** The token that fills up. */
  private static final int PADDING = 0;

  private final int length;
  private final Config config;
  private final Embedding embedding;
  private final LearnedPositions positions;
  private final Dropout dropout;
  private final TransformerEncoder encoder;
  private final Dense fc;

  /**
   * With norms first, gelu, dropout 0.1, and {@code 4 dim} numbers in the feed-forward parts.
   *
   * @param vocabulary the number of tokens, the padding included
   * @param length the longest text
   * @param dim the length of the vectors
   * @throws ArgumentException if a number is below 1, or the heads do not divide the dim
   */
  public TransformerClassifier(
      int vocabulary, int length, int dim, int heads, int layers, int classes) {
    this(vocabulary, length, dim, heads, layers, classes, 0.1);
  }

  /**
   * With another dropout.
   *
   * @param vocabulary the number of tokens, the padding included
   * @param length the longest text
   * @param dim the length of the vectors
   * @param dropout the share that training drops, of the embedding and in the encoder
   * @throws ArgumentException if a number is below 1, the heads do not divide the dim, or the
   *     dropout is not at least 0 and below 1
   */
  public TransformerClassifier(
      int vocabulary, int length, int dim, int heads, int layers, int classes, double dropout) {
    this.config =
        Config.of("kind", "TransformerClassifier")
            .with("vocabulary", vocabulary)
            .with("length", length)
            .with("dim", dim)
            .with("heads", heads)
            .with("layers", layers)
            .with("classes", classes)
            .with("dropout", dropout);
    this.length = positive(NAME, "length", length);
    this.embedding =
        child("embedding", new Embedding(positive(NAME, "vocabulary", vocabulary), dim, PADDING));
    this.positions = child("positions", new LearnedPositions(length, dim));
    this.dropout = new Dropout(dropout);
    var options = TransformerOptions.standard().normFirst().gelu().dropout(dropout);
    this.encoder =
        child(
            "encoder",
            new TransformerEncoder(
                layers,
                () -> new TransformerEncoderLayer(dim, heads, 4 * dim, options),
                new LayerNorm(dim)));
    this.fc = child("fc", new Dense(dim, positive(NAME, "classes", classes)));
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    Setting.tokens(NAME, input);
    if (input.size(1) > length) {
      throw new ShapeException(
          "%s: tokens must be [batch, time] with at most %d time steps, got %s"
              .formatted(NAME, length, input.shape()));
    }
    Tensor attend = input.notEqual(PADDING);
    Tensor x = positions.forward(embedding.forward(input, pass), pass);
    x = encoder.forward(dropout.forward(x, pass), AttentionMask.padding(attend), pass);
    return fc.forward(mean(x, attend), pass);
  }

  /** Over the time steps that count, {@code [n, t, dim]} to {@code [n, dim]}; zeros if none do. */
  private static Tensor mean(Tensor x, Tensor counts) {
    Tensor weights = counts.to(x.dtype()).unsqueeze(2);
    return x.mul(weights).sum(1).div(weights.sum(1).maximum(1));
  }

  @Override
  public TransformerClassifier initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  public Config config() {
    return config;
  }

  /** The model that {@link #config} describes. */
  public static TransformerClassifier of(Config config) {
    return new TransformerClassifier(
        config.integer("vocabulary"),
        config.integer("length"),
        config.integer("dim"),
        config.integer("heads"),
        config.integer("layers"),
        config.integer("classes"),
        config.number("dropout"));
  }
}
