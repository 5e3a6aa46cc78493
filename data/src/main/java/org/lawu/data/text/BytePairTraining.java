package org.lawu.data.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    if (minimumCount < 1) {
      throw new ArgumentException(
          "bytePairTraining: the minimum count must be at least 1, got " + minimumCount);
    }
    for (String token : special) {
      if (token.length() < 2 || special.indexOf(token) != special.lastIndexOf(token)) {
        throw new ArgumentException(
            "bytePairTraining: special tokens must have two characters or more and differ, got "
                + special);
      }
    }
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
    Map<String, Integer> ids = new HashMap<>();
    tokens.forEach(token -> ids.put(token, ids.size()));
    PairCounts counts = count(texts, ids);
    List<Merges.Pair> merges = new ArrayList<>();
    while (tokens.size() < vocabularySize) {
      PairCounts.Pair pair = counts.mostFrequent();
      if (pair == null || pair.count() < minimumCount) {
        break;
      }
      var merge = new Merges.Pair(tokens.get(pair.left()), tokens.get(pair.right()));
      merges.add(merge);
      String joined = merge.left() + merge.right();
      // Another pair may have given the same token before.
      if (ids.putIfAbsent(joined, tokens.size()) == null) {
        tokens.add(joined);
      }
      counts.merge(pair, ids.getOrDefault(joined, -1));
    }
    return new BytePairTokenizer(Vocabulary.of(tokens), merges, false, special);
  }

  private PairCounts count(Iterable<String> texts, Map<String, Integer> ids) {
    var specialTokens = new SpecialTokens(special);
    Map<String, Long> words = new HashMap<>();
    for (String text : texts) {
      specialTokens.split(
          text,
          token -> {},
          plain -> BytePairWords.split(plain, word -> words.merge(word, 1L, Long::sum)));
    }
    var counts = new PairCounts();
    words.forEach((word, count) -> {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      int[] tokens = new int[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        char character = ByteCharacters.of(Byte.toUnsignedInt(bytes[i]));
        tokens[i] = ids.getOrDefault(Character.toString(character), -1);
      }
      counts.add(tokens, count);
    });
    return counts;
  }
}
