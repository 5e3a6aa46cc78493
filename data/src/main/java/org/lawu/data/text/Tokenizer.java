package org.lawu.data.text;

import java.util.List;
import org.lawu.error.FormatException;
import org.lawu.io.Config;

/**
 * Makes the numbers of tokens of a text, and a text of them again. Immutable: any number of threads
 * may use one.
 *
 * <pre>{@code
 * Tokenizer tokenizer = WordTokenization.words().maximumSize(10_000).fit(texts);
 * int[] tokens = tokenizer.encode("What a film!");
 * tokenizer.decode(tokens); // "what a film"
 * }</pre>
 */
public interface Tokenizer {

  /** The tokens of a text, as the vocabulary writes them. */
  List<String> tokenize(String text);

  /** The numbers of the tokens of a text; empty for a text without any. */
  int[] encode(String text);

  /**
   * The text of tokens, as near to what was encoded as the kind of tokenizer allows.
   *
   * @throws org.lawu.error.IndexException if there is no token of a number
   */
  String decode(int... tokens);

  /** The tokens that there are. */
  Vocabulary vocabulary();

  /** All that is needed to make the same again; {@code kind} tells what it is. */
  Config config();

  /**
   * The tokenizer whose {@link #config} is given.
   *
   * @throws FormatException if it is not that of a tokenizer of this library
   */
  static Tokenizer of(Config config) {
    return switch (config.string("kind")) {
      case WordTokenizer.KIND -> WordTokenizer.of(config);
      case WordPieceTokenizer.KIND -> WordPieceTokenizer.of(config);
      case BytePairTokenizer.KIND -> BytePairTokenizer.of(config);
      default ->
          throw new FormatException(
              "tokenizer: the kind \"%s\" is unknown; there are %s"
                  .formatted(
                      config.string("kind"),
                      List.of(
                          WordTokenizer.KIND, WordPieceTokenizer.KIND, BytePairTokenizer.KIND)));
    };
  }
}
