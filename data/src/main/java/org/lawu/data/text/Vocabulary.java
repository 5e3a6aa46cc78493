package org.lawu.data.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.error.IndexException;
import org.lawu.io.AtomicFile;

/**
 * The tokens that a model knows, numbered from 0. Immutable.
 *
 * <pre>{@code
 * Vocabulary vocabulary = Vocabulary.load(Path.of("vocab.txt")); // a token a line
 * vocabulary.id("film");   // such as 2143
 * vocabulary.token(2143);  // "film"
 * }</pre>
 *
 * <p>One that was {@linkplain WordTokenization#fit fitted} to texts begins with two tokens that no
 * text has: {@value #PADDING_TOKEN} with the number {@value #PADDING}, which fills up short texts,
 * and {@value #UNKNOWN_TOKEN} with the number {@value #UNKNOWN}, which stands for whatever is not
 * in it.
 */
public final class Vocabulary {
  /** The number of the token that fills up, in a fitted vocabulary. */
  public static final int PADDING = 0;

  /** The number of the token for what is not known, in a fitted vocabulary. */
  public static final int UNKNOWN = 1;

  /** The token that fills up, in a fitted vocabulary. */
  public static final String PADDING_TOKEN = "[PAD]";

  /** The token for what is not known, in a fitted vocabulary. */
  public static final String UNKNOWN_TOKEN = "[UNK]";

  private final List<String> tokens;
  private final Map<String, Integer> ids;

  private Vocabulary(List<String> tokens, Map<String, Integer> ids) {
    this.tokens = tokens;
    this.ids = ids;
  }

  /**
   * Tokens by their numbers.
   *
   * @throws ArgumentException if there is none, or one comes twice
   */
  public static Vocabulary of(List<String> tokens) {
    if (tokens.isEmpty()) {
      throw new ArgumentException("vocabulary: needs at least one token");
    }
    Map<String, Integer> ids = HashMap.newHashMap(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      Integer earlier = ids.put(tokens.get(i), i);
      if (earlier != null) {
        throw new ArgumentException(
            "vocabulary: the token \"%s\" comes twice, as %d and %d; tokens must differ"
                .formatted(tokens.get(i), earlier, i));
      }
    }
    return new Vocabulary(List.copyOf(tokens), ids);
  }

  /**
   * The padding, the unknown token, and then counted tokens, the most frequent first; of equally
   * frequent ones the smaller text, so that the same counts always give the same numbers.
   */
  static Vocabulary ofCounts(Map<String, Long> counts, int maximumSize, long minimumCount) {
    List<String> tokens = new ArrayList<>(List.of(PADDING_TOKEN, UNKNOWN_TOKEN));
    counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= minimumCount)
        .filter(entry -> !tokens.subList(0, 2).contains(entry.getKey()))
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(maximumSize - 2L)
        .map(Map.Entry::getKey)
        .toList()
        .forEach(tokens::add);
    return of(tokens);
  }

  /**
   * Reads a file with a token a line, in UTF-8, the first being number 0; BERT's {@code vocab.txt}.
   *
   * @throws FormatException if a token comes twice or there is none
   * @throws IOException if it cannot be read
   */
  public static Vocabulary load(Path file) throws IOException {
    List<String> tokens = TextFiles.lines(file);
    if (tokens.isEmpty()) {
      throw new FormatException(
          "%s: the vocabulary is empty; a token a line expected".formatted(file));
    }
    try {
      return of(tokens);
    } catch (ArgumentException fault) {
      throw new FormatException("%s: %s".formatted(file, fault.getMessage()));
    }
  }

  /**
   * Writes a file with a token a line, complete or not at all.
   *
   * @throws ArgumentException if a token holds a line break, which such a file cannot
   * @throws IOException if it cannot be written
   */
  public void save(Path file) throws IOException {
    for (String token : tokens) {
      if (token.indexOf('\n') >= 0 || token.indexOf('\r') >= 0) {
        throw new ArgumentException(
            "vocabulary: token %d has a line break; keep it as Config instead"
                .formatted(id(token)));
      }
    }
    byte[] text = (String.join("\n", tokens) + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, channel -> TextFiles.write(channel, ByteBuffer.wrap(text)));
  }

  /** The number of tokens. */
  public int size() {
    return tokens.size();
  }

  /** Whether a token is in it. */
  public boolean contains(String token) {
    return ids.containsKey(token);
  }

  /**
   * The number of a token.
   *
   * @throws ArgumentException if it is not in it
   */
  public int id(String token) {
    Integer id = ids.get(token);
    if (id == null) {
      throw new ArgumentException(
          "vocabulary: the token \"%s\" is not among the %d".formatted(token, size()));
    }
    return id;
  }

  /** The number of a token, or another if it is not in it. */
  public int id(String token, int otherwise) {
    return ids.getOrDefault(token, otherwise);
  }

  /**
   * The token with a number.
   *
   * @throws IndexException if there is none
   */
  public String token(int id) {
    if (id < 0 || id >= tokens.size()) {
      throw new IndexException(
          "vocabulary: there is no token %d; there are %d, counted from 0"
              .formatted(id, tokens.size()));
    }
    return tokens.get(id);
  }

  /** All tokens by their numbers. */
  public List<String> tokens() {
    return tokens;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary vocabulary && tokens.equals(vocabulary.tokens);
  }

  @Override
  public int hashCode() {
    return tokens.hashCode();
  }

  /** Such as {@code Vocabulary[10000 tokens]}. */
  @Override
  public String toString() {
    return "Vocabulary[%d tokens]".formatted(size());
  }
}
