package org.lawu.nn.model;

import static org.lawu.nn.model.Setting.positive;

import org.lawu.error.ArgumentException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
import org.lawu.nn.layer.Embedding;
import org.lawu.nn.layer.Lstm;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Classifies texts by reading them word by word: an embedding, an {@link Lstm}, and a dense layer
 * on its state after the last token that is no padding. Hochreiter and Schmidhuber, "Long
 * short-term memory" (Neural Computation 1997).
 *
 * <pre>{@code
 * var model = new LstmClassifier(10_000, 64, 128, 2);
 * Tensor scores = model.predict(Tensor.of(new int[] {17, 4, 9, 0, 0}, 1, 5)); // [1, 2]
 * }</pre>
 *
 * <p>Shapes: INT32 {@code [n, t]}, in which texts are filled up at their ends with the token 0, to
 * {@code [n, classes]}. A text of padding alone is judged by its first token. Parameters: {@code
 * embedding.weight} ({@link Embedding}, padding index 0), {@code lstm.*} ({@link Lstm}), {@code
 * fc.*} ({@link Dense}).
 */
public final class LstmClassifier extends Layer {
  private static final String NAME = "lstmClassifier";

  /** The token that fills up. */
  private static final int PADDING = 0;

  private final Config config;
  private final Embedding embedding;
  private final Lstm lstm;
  private final Dropout dropout;
  private final Dense fc;

  /**
   * One layer, without dropout.
   *
   * @param vocabulary the number of tokens, the padding included
   * @param dim the length of their vectors
   * @param hidden the size of the state
   * @throws ArgumentException if a number is below 1
   */
  public LstmClassifier(int vocabulary, int dim, int hidden, int classes) {
    this(vocabulary, dim, hidden, classes, 1, 0);
  }

  /**
   * Layers on top of each other.
   *
   * @param vocabulary the number of tokens, the padding included
   * @param dim the length of their vectors
   * @param hidden the size of the state
   * @param layers the number of recurrent layers
   * @param dropout the share that training drops, of each layer's output
   * @throws ArgumentException if a number is below 1, or the dropout is not at least 0 and below 1
   */
  public LstmClassifier(
      int vocabulary, int dim, int hidden, int classes, int layers, double dropout) {
    this.config =
        Config.of("kind", "LstmClassifier")
            .with("vocabulary", vocabulary)
            .with("dim", dim)
            .with("hidden", hidden)
            .with("classes", classes)
            .with("layers", layers)
            .with("dropout", dropout);
    this.embedding =
        child("embedding", new Embedding(positive(NAME, "vocabulary", vocabulary), dim, PADDING));
    this.lstm = child("lstm", new Lstm(dim, hidden, layers, false, dropout));
    this.dropout = new Dropout(dropout);
    this.fc = child("fc", new Dense(hidden, positive(NAME, "classes", classes)));
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    Setting.tokens(NAME, input);
    Tensor sequence = lstm.forward(embedding.forward(input, pass), pass);
    Tensor state = sequence.gather(1, last(input, sequence.size(2))).squeeze(1);
    return fc.forward(dropout.forward(state, pass), pass);
  }

  /** Where each text's last token is, for every element of the state: {@code [n, 1, hidden]}. */
  private static Tensor last(Tensor tokens, int hidden) {
    Tensor places = Tensor.arange(tokens.size(1)).mul(tokens.notEqual(PADDING).to(DType.INT32));
    return places.max(new int[] {1}, true).unsqueeze(2).expand(Shape.of(tokens.size(0), 1, hidden));
  }

  @Override
  public LstmClassifier initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  public Config config() {
    return config;
  }

  /** The model that {@link #config} describes. */
  public static LstmClassifier of(Config config) {
    return new LstmClassifier(
        config.integer("vocabulary"),
        config.integer("dim"),
        config.integer("hidden"),
        config.integer("classes"),
        config.integer("layers"),
        config.number("dropout"));
  }
}
