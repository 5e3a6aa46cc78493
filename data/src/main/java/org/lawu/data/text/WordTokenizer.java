package org.lawu.data.text;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.io.Config;

/**
 * Tokens that are words, or characters. What is not in the vocabulary becomes the unknown token.
 *
 * <p>Decoding puts words together with a space, and characters without; the padding is left out.
 * What normalization and splitting took away is not there again.
 *
 * @see WordTokenization
 */
public final class WordTokenizer implements Tokenizer {
  static final String KIND = "WordTokenizer";

  private final Normalization normalization;
  private final Splitting splitting;
  private final Vocabulary vocabulary;

  /**
   * With a known vocabulary.
   *
   * @param vocabulary begins with {@value Vocabulary#PADDING_TOKEN} and {@value
   *     Vocabulary#UNKNOWN_TOKEN}
   * @throws ArgumentException if it does not
   */
  public WordTokenizer(Normalization normalization, Splitting splitting, Vocabulary vocabulary) {
    if (vocabulary.id(Vocabulary.PADDING_TOKEN, -1) != Vocabulary.PADDING
        || vocabulary.id(Vocabulary.UNKNOWN_TOKEN, -1) != Vocabulary.UNKNOWN) {
      throw new ArgumentException(
          "wordTokenizer: the vocabulary must begin with %s and %s, got %s"
              .formatted(
                  Vocabulary.PADDING_TOKEN,
                  Vocabulary.UNKNOWN_TOKEN,
                  vocabulary.tokens().stream().limit(2).toList()));
    }
    this.normalization = normalization;
    this.splitting = splitting;
    this.vocabulary = vocabulary;
  }

  @Override
  public List<String> tokenize(String text) {
    return Arrays.stream(encode(text)).mapToObj(vocabulary::token).toList();
  }

  @Override
  public int[] encode(String text) {
    return splitting.split(normalization.apply(text)).stream()
        .mapToInt(token -> Math.max(vocabulary.id(token, Vocabulary.UNKNOWN), Vocabulary.UNKNOWN))
        .toArray();
  }

  @Override
  public String decode(int... tokens) {
    return Arrays.stream(tokens)
        .filter(token -> token != Vocabulary.PADDING)
        .mapToObj(vocabulary::token)
        .collect(Collectors.joining(splitting.separator()));
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public Config config() {
    return Config.of("kind", KIND)
        .with("normalization", normalization.config())
        .with("splitting", Names.write(splitting))
        .withStrings("vocabulary", vocabulary.tokens());
  }

  /**
   * The same again.
   *
   * @throws FormatException if it is not what {@link #config} gives
   */
  public static WordTokenizer of(Config config) {
    try {
      return new WordTokenizer(
          Normalization.of(config.config("normalization")),
          Names.read(Splitting.class, "splitting", config.string("splitting")),
          Vocabulary.of(config.strings("vocabulary")));
    } catch (ArgumentException fault) {
      throw new FormatException("settings: %s".formatted(fault.getMessage()));
    }
  }

  /** Such as {@code WordTokenizer[WORDS, 10000 tokens]}. */
  @Override
  public String toString() {
    return "WordTokenizer[%s, %d tokens]".formatted(splitting, vocabulary.size());
  }
}
