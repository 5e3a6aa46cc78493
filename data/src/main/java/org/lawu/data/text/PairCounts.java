package org.lawu.data.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How often which tokens are neighbours in words, while neighbours are merged one pair at a time.
 */
final class PairCounts {
  private final List<int[]> words = new ArrayList<>();
  private final List<Long> wordCounts = new ArrayList<>();
  private final Map<Long, Long> counts = new HashMap<>();

  /** The words that have, or had, a pair. */
  private final Map<Long, Set<Integer>> places = new HashMap<>();

  /** May hold pairs with counts of the past, which are put right when they come out. */
  private final PriorityQueue<Pair> queue = new PriorityQueue<>();

  /** Two neighbours; the most frequent come first, and then the smaller numbers. */
  record Pair(int left, int right, long count) implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
      int byCount = Long.compare(other.count, count);
      return byCount != 0 ? byCount : Long.compare(key(), other.key());
    }

    private long key() {
      return PairCounts.key(left, right);
    }
  }

  private static long key(int left, int right) {
    return (long) left << Integer.SIZE | right;
  }

  /** Takes up a word that the texts have a number of times. */
  void add(int[] tokens, long count) {
    words.add(tokens);
    wordCounts.add(count);
    addPairs(words.size() - 1, count);
  }

  /** The pair to merge next, or null if no word has two tokens any more. */
  @Nullable Pair mostFrequent() {
    while (!queue.isEmpty()) {
      Pair pair = queue.poll();
      long now = counts.getOrDefault(pair.key(), 0L);
      if (now == pair.count() && now > 0) {
        return pair;
      }
      // More often than it says it cannot be: what a merge made more frequent was put in again.
      if (now > 0 && now < pair.count()) {
        queue.add(new Pair(pair.left(), pair.right(), now));
      }
    }
    return null;
  }

  /** Puts a token in the place of a pair in all words. */
  void merge(Pair pair, int result) {
    Set<Integer> affected = places.remove(pair.key());
    for (int word : affected == null ? Set.<Integer>of() : affected) {
      addPairs(word, -wordCounts.get(word));
      words.set(word, merged(words.get(word), pair, result));
      addPairs(word, wordCounts.get(word));
    }
  }

  private void addPairs(int word, long count) {
    int[] tokens = words.get(word);
    for (int i = 0; i + 1 < tokens.length; i++) {
      long key = key(tokens[i], tokens[i + 1]);
      long now = counts.merge(key, count, Long::sum);
      if (count > 0) {
        places.computeIfAbsent(key, absent -> new HashSet<>()).add(word);
        queue.add(new Pair(tokens[i], tokens[i + 1], now));
      }
    }
  }

  private static int[] merged(int[] tokens, Pair pair, int result) {
    var merged = new IntList();
    for (int i = 0; i < tokens.length; i++) {
      boolean found =
          i + 1 < tokens.length && tokens[i] == pair.left() && tokens[i + 1] == pair.right();
      merged.add(found ? result : tokens[i]);
      i += found ? 1 : 0;
    }
    return merged.toArray();
  }
}
