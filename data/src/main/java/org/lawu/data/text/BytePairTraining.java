package org.lawu.data.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.lawu.error.ArgumentException;

/**
 * How a {@link BytePairTokenizer} is learnt from texts: beginning with the 256 bytes, the pair of
 * neighbours that is most frequent within words becomes a token, again and again; of equally
 * frequent pairs that of smaller numbers. So the same texts always give the same tokenizer.
 *
 * <pre>{@code
 * BytePairTokenizer tokenizer = new BytePairTraining(8000).special("<|endoftext|>").fit(texts);
 * }</pre>
 *
 * @param vocabularySize the number of tokens, special ones and bytes included; fewer where there
 *     are no more pairs
 * @param minimumCount how often the texts must have a pair; 2 by default
 * @param special tokens that are found in texts as they are, numbered from 0
 */
public record BytePairTraining(int vocabularySize, int minimumCount, List<String> special) {

  /**
   * Checks the numbers.
   *
   * @throws ArgumentException if the size is too small for the bytes and special tokens, the
   *     minimum count is below 1, or a special token has fewer than two characters or comes twice
   */
  public BytePairTraining {
    special = List.copyOf(special);
    if (vocabularySize < 256 + special.size()) {
      throw new ArgumentException(
          "bytePairTraining: a vocabulary of %d is too small for 256 bytes and %d special tokens"
              .formatted(vocabularySize, special.size()));
    }
    LearntTokens.require("bytePairTraining", minimumCount, special);
  }

  /** For a vocabulary of a size, of pairs that come twice or more. */
  public BytePairTraining(int vocabularySize) {
    this(vocabularySize, 2, List.of());
  }

  /** The same without pairs that are rarer. */
  public BytePairTraining minimumCount(int count) {
    return new BytePairTraining(vocabularySize, count, special);
  }

  /** The same with special tokens. */
  public BytePairTraining special(String... tokens) {
    return new BytePairTraining(vocabularySize, minimumCount, List.of(tokens));
  }

  /** Learns the merges of texts. */
  public BytePairTokenizer fit(Iterable<String> texts) {
    List<String> tokens = new ArrayList<>(special);
    for (char character : ByteCharacters.all()) {
      tokens.add(Character.toString(character));
    }
    var learnt = new LearntTokens(tokens);
    LearntTokens.count(texts, special, BytePairWords::split)
        .forEach((word, count) -> learnt.add(bytes(word), count));
    List<Merges.Pair> merges = learnt.merge(vocabularySize, minimumCount, String::concat);
    return new BytePairTokenizer(learnt.vocabulary(), merges, false, special);
  }

  private static List<String> bytes(String word) {
    List<String> characters = new ArrayList<>();
    for (byte value : word.getBytes(StandardCharsets.UTF_8)) {
      characters.add(Character.toString(ByteCharacters.of(Byte.toUnsignedInt(value))));
    }
    return characters;
  }
}
