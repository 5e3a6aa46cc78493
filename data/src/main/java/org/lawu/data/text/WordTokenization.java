package org.lawu.data.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lawu.error.ArgumentException;

/**
 * How texts become words, or characters, and which of them are worth a number: a {@link
 * WordTokenizer} before it has seen texts.
 *
 * <pre>{@code
 * WordTokenizer tokenizer =
 *     WordTokenization.words().maximumSize(10_000).minimumCount(2).fit(texts);
 * }</pre>
 *
 * @param normalization what is done to a text first; NFKC and lower case by default
 * @param splitting how a text is cut into tokens
 * @param maximumSize how large the vocabulary may be, its two special tokens included; no limit by
 *     default
 * @param minimumCount how often the texts must have a token; 1 by default
 */
public record WordTokenization(
    Normalization normalization, Splitting splitting, int maximumSize, int minimumCount) {

  /**
   * Checks the numbers.
   *
   * @throws ArgumentException if the maximum size is below 3 or the minimum count below 1
   */
  public WordTokenization {
    if (maximumSize < 3) {
      throw new ArgumentException(
          "wordTokenization: the maximum size must be at least 3, with padding and unknown; got "
              + maximumSize);
    }
    if (minimumCount < 1) {
      throw new ArgumentException(
          "wordTokenization: the minimum count must be at least 1, got " + minimumCount);
    }
  }

  /** Words in lower case. */
  public static WordTokenization words() {
    return of(Normalization.none().nfkc().lowerCase(), Splitting.WORDS);
  }

  /** Characters, which are Unicode's code points, in composed form. */
  public static WordTokenization characters() {
    return of(Normalization.none().nfc(), Splitting.CHARACTERS);
  }

  private static WordTokenization of(Normalization normalization, Splitting splitting) {
    return new WordTokenization(normalization, splitting, Integer.MAX_VALUE, 1);
  }

  /** The same after another normalization. */
  public WordTokenization normalization(Normalization other) {
    return new WordTokenization(other, splitting, maximumSize, minimumCount);
  }

  /** The same with another way to cut texts. */
  public WordTokenization splitting(Splitting other) {
    return new WordTokenization(normalization, other, maximumSize, minimumCount);
  }

  /**
   * The same with the most frequent tokens alone.
   *
   * @param size of the vocabulary, its two special tokens included
   * @throws ArgumentException if it is below 3
   */
  public WordTokenization maximumSize(int size) {
    return new WordTokenization(normalization, splitting, size, minimumCount);
  }

  /**
   * The same without tokens that are rarer.
   *
   * @throws ArgumentException if it is below 1
   */
  public WordTokenization minimumCount(int count) {
    return new WordTokenization(normalization, splitting, maximumSize, count);
  }

  /** The tokens of a text, known or not. */
  public List<String> tokenize(String text) {
    return splitting.split(normalization.apply(text));
  }

  /**
   * Counts the tokens of texts and numbers those that are frequent enough, the most frequent first;
   * of equally frequent ones the smaller text first.
   */
  public WordTokenizer fit(Iterable<String> texts) {
    Map<String, Long> counts = new HashMap<>();
    for (String text : texts) {
      for (String token : tokenize(text)) {
        counts.merge(token, 1L, Long::sum);
      }
    }
    return new WordTokenizer(
        normalization, splitting, Vocabulary.ofCounts(counts, maximumSize, minimumCount));
  }
}
