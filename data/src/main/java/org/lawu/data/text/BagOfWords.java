package org.lawu.data.text;

import java.util.Arrays;
import java.util.List;
import org.lawu.data.Preprocessing;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.io.Config;
import org.lawu.tensor.Tensor;

/**
 * Texts as rows with a number for each word of a vocabulary, whatever the order of the words.
 *
 * <pre>{@code
 * BagOfWords bag =
 *     BagOfWords.fit(
 *         WordTokenization.words().maximumSize(5000), Weighting.TF_IDF, training.texts());
 * Tensor features = bag.apply(List.of("Win a prize now!")); // FLOAT32 [1, 4998]
 * }</pre>
 *
 * <p>Column {@code i} is token {@code i + 2} of the vocabulary, as padding and unknown words have
 * none. A text without known words is a row of zeros. Immutable.
 */
public final class BagOfWords implements Preprocessing<List<String>> {
  /** The kind that {@link #config} names. */
  public static final String KIND = "BagOfWords";

  /** The tokens without a column: padding and unknown. */
  private static final int SPECIAL = 2;

  private final WordTokenizer tokenizer;
  private final Weighting weighting;

  /** For each column; empty if the weighting needs none. */
  private final double[] inverseDocumentFrequencies;

  private BagOfWords(WordTokenizer tokenizer, Weighting weighting, double[] frequencies) {
    this.tokenizer = tokenizer;
    this.weighting = weighting;
    this.inverseDocumentFrequencies = frequencies;
  }

  /**
   * Learns a vocabulary, and how many texts have each of its words.
   *
   * @throws ArgumentException if there is no word that is frequent enough
   */
  public static BagOfWords fit(
      WordTokenization tokenization, Weighting weighting, List<String> texts) {
    WordTokenizer tokenizer = tokenization.fit(texts);
    if (tokenizer.vocabulary().size() == SPECIAL) {
      throw new ArgumentException(
          "bagOfWords: %d texts have no word that comes %d times"
              .formatted(texts.size(), tokenization.minimumCount()));
    }
    if (weighting != Weighting.TF_IDF) {
      return new BagOfWords(tokenizer, weighting, new double[0]);
    }
    double[] inverse = new double[tokenizer.vocabulary().size() - SPECIAL];
    for (String text : texts) {
      Arrays.stream(tokenizer.encode(text))
          .distinct()
          .filter(token -> token >= SPECIAL)
          .forEach(token -> inverse[token - SPECIAL]++);
    }
    for (int column = 0; column < inverse.length; column++) {
      inverse[column] = Math.log((1.0 + texts.size()) / (1 + inverse[column])) + 1;
    }
    return new BagOfWords(tokenizer, weighting, inverse);
  }

  /** What makes words of texts. */
  public WordTokenizer tokenizer() {
    return tokenizer;
  }

  /** The word of each column. */
  public List<String> words() {
    List<String> tokens = tokenizer.vocabulary().tokens();
    return tokens.subList(SPECIAL, tokens.size());
  }

  /**
   * A row for each text.
   *
   * @return FLOAT32 {@code [n, words]}
   */
  @Override
  public Tensor apply(List<String> inputs) {
    int columns = words().size();
    float[] all = new float[Math.multiplyExact(inputs.size(), columns)];
    for (int row = 0; row < inputs.size(); row++) {
      double[] numbers = row(inputs.get(row), columns);
      for (int column = 0; column < columns; column++) {
        all[row * columns + column] = (float) numbers[column];
      }
    }
    return Tensor.of(all, inputs.size(), columns);
  }

  private double[] row(String text, int columns) {
    double[] numbers = new double[columns];
    for (int token : tokenizer.encode(text)) {
      if (token >= SPECIAL) {
        numbers[token - SPECIAL]++;
      }
    }
    return switch (weighting) {
      case BINARY -> Arrays.stream(numbers).map(number -> Math.min(number, 1)).toArray();
      case COUNT -> numbers;
      case FREQUENCY -> divided(numbers, Arrays.stream(numbers).sum());
      case TF_IDF -> {
        for (int column = 0; column < columns; column++) {
          numbers[column] *= inverseDocumentFrequencies[column];
        }
        yield divided(numbers, Math.sqrt(Arrays.stream(numbers).map(x -> x * x).sum()));
      }
    };
  }

  private static double[] divided(double[] numbers, double by) {
    return by == 0 ? numbers : Arrays.stream(numbers).map(number -> number / by).toArray();
  }

  @Override
  public Config config() {
    return Config.of("kind", KIND)
        .with("tokenizer", tokenizer.config())
        .with("weighting", Names.write(weighting))
        .with("inverseDocumentFrequencies", inverseDocumentFrequencies);
  }

  /**
   * The same again.
   *
   * @throws FormatException if it is not what {@link #config} gives
   */
  public static BagOfWords of(Config config) {
    WordTokenizer tokenizer = WordTokenizer.of(config.config("tokenizer"));
    Weighting weighting = Names.read(Weighting.class, "weighting", config.string("weighting"));
    double[] inverse = config.numbers("inverseDocumentFrequencies");
    int expected = weighting == Weighting.TF_IDF ? tokenizer.vocabulary().size() - SPECIAL : 0;
    if (inverse.length != expected) {
      throw new FormatException(
          "bagOfWords: %d inverse document frequencies expected, got %d"
              .formatted(expected, inverse.length));
    }
    return new BagOfWords(tokenizer, weighting, inverse);
  }

  /** Such as {@code BagOfWords[4998 words, TF_IDF]}. */
  @Override
  public String toString() {
    return "BagOfWords[%d words, %s]".formatted(words().size(), weighting);
  }
}
