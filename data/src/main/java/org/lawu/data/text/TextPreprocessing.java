package org.lawu.data.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lawu.data.Preprocessing;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.io.Config;
import org.lawu.tensor.Tensor;

/**
 * Texts as rows of token numbers, for models that read them in order.
 *
 * <pre>{@code
 * var tokenizer = WordTokenization.words().maximumSize(10_000).fit(training.texts());
 * var preprocessing = new TextPreprocessing(tokenizer, Padding.toLongest(500));
 * TextDataset data = preprocessing.dataset(training.texts(), training.labels());
 * Tensor tokens = preprocessing.apply(List.of("What a film!")); // INT32 [1, 3]
 * }</pre>
 *
 * <p>Immutable.
 */
public final class TextPreprocessing implements Preprocessing<List<String>> {
  /** The kind that {@link #config} names. */
  public static final String KIND = "TextPreprocessing";

  private final Tokenizer tokenizer;
  private final Padding padding;
  private final Optional<String> begin;
  private final Optional<String> end;

  /** Tokens of texts, cut and filled up. */
  public TextPreprocessing(Tokenizer tokenizer, Padding padding) {
    this(tokenizer, padding, Optional.empty(), Optional.empty());
  }

  private TextPreprocessing(
      Tokenizer tokenizer, Padding padding, Optional<String> begin, Optional<String> end) {
    this.tokenizer = tokenizer;
    this.padding = padding;
    this.begin = begin;
    this.end = end;
  }

  /**
   * The same with a token before each text and one after it, which count in its length and are
   * never cut off; for BERT {@code between("[CLS]", "[SEP]")}.
   *
   * @throws ArgumentException if a token is not in the vocabulary, or the length leaves none for
   *     the text
   */
  public TextPreprocessing between(String first, String last) {
    tokenizer.vocabulary().id(first);
    tokenizer.vocabulary().id(last);
    if (padding.length() < 3) {
      throw new ArgumentException(
          "textPreprocessing: a length of %d leaves no token between %s and %s; give at least 3"
              .formatted(padding.length(), first, last));
    }
    return new TextPreprocessing(tokenizer, padding, Optional.of(first), Optional.of(last));
  }

  /** What makes the tokens. */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** How texts are cut and filled up. */
  public Padding padding() {
    return padding;
  }

  /** The tokens of one text, cut but not filled up. */
  public int[] tokens(String text) {
    int around = (begin.isPresent() ? 1 : 0) + (end.isPresent() ? 1 : 0);
    int[] kept = padding.kept(tokenizer.encode(text), padding.length() - around);
    int[] tokens = new int[kept.length + around];
    int start = begin.isPresent() ? 1 : 0;
    System.arraycopy(kept, 0, tokens, start, kept.length);
    begin.ifPresent(token -> tokens[0] = tokenizer.vocabulary().id(token));
    end.ifPresent(token -> tokens[tokens.length - 1] = tokenizer.vocabulary().id(token));
    return tokens;
  }

  private List<int[]> allTokens(List<String> texts) {
    List<int[]> all = new ArrayList<>(texts.size());
    texts.forEach(text -> all.add(tokens(text)));
    return all;
  }

  /**
   * The tokens of texts.
   *
   * @return INT32 {@code [n, t]}
   */
  @Override
  public Tensor apply(List<String> inputs) {
    return padding.tokens(allTokens(inputs));
  }

  /**
   * Texts to train with, tokenized once and filled up batch by batch.
   *
   * @param labels {@code [n, ...]}
   * @throws org.lawu.error.ShapeException if there is not a label for each text
   */
  public TextDataset dataset(List<String> texts, Tensor labels) {
    return new TextDataset(allTokens(texts), labels, padding);
  }

  @Override
  public Config config() {
    Config config =
        Config.of("kind", KIND)
            .with("tokenizer", tokenizer.config())
            .with("padding", padding.config());
    if (begin.isPresent() && end.isPresent()) {
      config = config.withStrings("between", List.of(begin.get(), end.get()));
    }
    return config;
  }

  /**
   * The same again.
   *
   * @throws FormatException if it is not what {@link #config} gives
   */
  public static TextPreprocessing of(Config config) {
    try {
      var plain =
          new TextPreprocessing(
              Tokenizer.of(config.config("tokenizer")), Padding.of(config.config("padding")));
      if (!config.has("between")) {
        return plain;
      }
      List<String> between = config.strings("between");
      if (between.size() != 2) {
        throw new FormatException("between: two tokens expected, got " + between);
      }
      return plain.between(between.getFirst(), between.getLast());
    } catch (ArgumentException fault) {
      throw new FormatException("settings: %s".formatted(fault.getMessage()));
    }
  }

  /** Such as {@code TextPreprocessing[WordTokenizer[WORDS, 10000 tokens], at most 500]}. */
  @Override
  public String toString() {
    return "TextPreprocessing[%s, %s %d]"
        .formatted(tokenizer, padding.always() ? "length" : "at most", padding.length());
  }
}
