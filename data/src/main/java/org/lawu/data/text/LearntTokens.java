package org.lawu.data.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import org.lawu.error.ArgumentException;

/**
 * Tokens that become more: the pair of neighbours that is most frequent within words becomes one,
 * again and again; of equally frequent pairs that of smaller numbers.
 */
final class LearntTokens {
  private final List<String> tokens;
  private final Map<String, Integer> ids = new HashMap<>();
  private final PairCounts counts = new PairCounts();

  /** Of tokens that are there from the start, numbered from 0. */
  LearntTokens(Collection<String> start) {
    tokens = new ArrayList<>(start);
    tokens.forEach(token -> ids.put(token, ids.size()));
  }

  /** Takes up a word, made of tokens of the start, that the texts have a number of times. */
  void add(List<String> word, long count) {
    counts.add(word.stream().mapToInt(token -> ids.getOrDefault(token, -1)).toArray(), count);
  }

  /**
   * Joins pairs until there are as many tokens as wanted, or no pair comes as often as it must.
   *
   * @param join writes two neighbours as one
   * @return what was joined, in order
   */
  List<Merges.Pair> merge(int size, int minimumCount, BinaryOperator<String> join) {
    List<Merges.Pair> merges = new ArrayList<>();
    while (tokens.size() < size) {
      PairCounts.Pair pair = counts.mostFrequent();
      if (pair == null || pair.count() < minimumCount) {
        break;
      }
      var merge = new Merges.Pair(tokens.get(pair.left()), tokens.get(pair.right()));
      merges.add(merge);
      String joined = join.apply(merge.left(), merge.right());
      // Another pair may have given the same token before.
      if (ids.putIfAbsent(joined, tokens.size()) == null) {
        tokens.add(joined);
      }
      counts.merge(pair, ids.getOrDefault(joined, -1));
    }
    return merges;
  }

  Vocabulary vocabulary() {
    return Vocabulary.of(tokens);
  }

  /**
   * How often texts have which words.
   *
   * @param special tokens that stand between words, and are none
   * @param split gives the words of a text
   */
  static Map<String, Long> count(
      Iterable<String> texts, List<String> special, BiConsumer<String, Consumer<String>> split) {
    var specialTokens = new SpecialTokens(special);
    Map<String, Long> words = new HashMap<>();
    for (String text : texts) {
      specialTokens.split(
          text, _ -> {}, plain -> split.accept(plain, word -> words.merge(word, 1L, Long::sum)));
    }
    return words;
  }

  /** Checks what both trainings are given. */
  static void require(String training, int minimumCount, List<String> special) {
    if (minimumCount < 1) {
      throw new ArgumentException(
          "%s: the minimum count must be at least 1, got %d".formatted(training, minimumCount));
    }
    for (String token : special) {
      if (token.length() < 2 || special.indexOf(token) != special.lastIndexOf(token)) {
        throw new ArgumentException(
            "%s: special tokens must have two characters or more and differ, got %s"
                .formatted(training, special));
      }
    }
  }
}
