package org.lawu.data.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.lawu.error.FormatException;

/**
 * Which two neighbouring tokens become one, the earlier in the list the sooner. Sennrich, Haddow
 * and Birch, "Neural machine translation of rare words with subword units" (ACL 2016).
 */
final class Merges {
  private final List<Pair> pairs;
  private final Map<Long, Merge> merges;

  /** Two tokens as the vocabulary writes them. */
  record Pair(String left, String right) {
    /** The two with a space between them, as files have them. */
    static Pair parse(String text) {
      int space = text.indexOf(' ');
      if (space < 1 || space != text.lastIndexOf(' ') || space == text.length() - 1) {
        throw new FormatException(
            "a merge must be two tokens with a space between them, got \"%s\"".formatted(text));
      }
      return new Pair(text.substring(0, space), text.substring(space + 1));
    }

    @Override
    public String toString() {
      return left + " " + right;
    }
  }

  private record Merge(int rank, int result) {}

  /** Two neighbours that could become one, by the places of their first bytes. */
  private record Candidate(int rank, int left, int right, int leftToken, int rightToken, int result)
      implements Comparable<Candidate> {
    @Override
    public int compareTo(Candidate other) {
      int byRank = Integer.compare(rank, other.rank);
      return byRank != 0 ? byRank : Integer.compare(left, other.left);
    }
  }

  Merges(List<Pair> pairs, Vocabulary vocabulary) {
    this.pairs = List.copyOf(pairs);
    this.merges = HashMap.newHashMap(pairs.size());
    for (int rank = 0; rank < pairs.size(); rank++) {
      Pair pair = pairs.get(rank);
      int left = id(vocabulary, pair, pair.left());
      int right = id(vocabulary, pair, pair.right());
      int result = id(vocabulary, pair, pair.left() + pair.right());
      merges.putIfAbsent(key(left, right), new Merge(rank, result));
    }
  }

  private static int id(Vocabulary vocabulary, Pair pair, String token) {
    int id = vocabulary.id(token, -1);
    if (id < 0) {
      throw new FormatException(
          "the merge \"%s\" needs the token \"%s\", which the vocabulary has not"
              .formatted(pair, token));
    }
    return id;
  }

  private static long key(int left, int right) {
    return (long) left << Integer.SIZE | right;
  }

  List<Pair> pairs() {
    return pairs;
  }

  /** What is left of tokens when all merges are done; takes time of order n log n. */
  int[] apply(int[] start) {
    int n = start.length;
    int[] tokens = start.clone();
    int[] next = new int[n];
    int[] previous = new int[n];
    var candidates = new PriorityQueue<Candidate>();
    for (int i = 0; i < n; i++) {
      next[i] = i + 1;
      previous[i] = i - 1;
    }
    for (int i = 0; i + 1 < n; i++) {
      offer(candidates, tokens, i, i + 1);
    }
    int left = n;
    while (!candidates.isEmpty()) {
      Candidate merge = candidates.poll();
      int a = merge.left();
      int b = merge.right();
      // A merge in between may have taken a part away.
      if (tokens[a] != merge.leftToken() || tokens[b] != merge.rightToken() || next[a] != b) {
        continue;
      }
      tokens[a] = merge.result();
      tokens[b] = -1;
      next[a] = next[b];
      left--;
      if (next[a] < n) {
        previous[next[a]] = a;
        offer(candidates, tokens, a, next[a]);
      }
      if (previous[a] >= 0) {
        offer(candidates, tokens, previous[a], a);
      }
    }
    return left == n ? tokens : Arrays.stream(tokens).filter(token -> token >= 0).toArray();
  }

  private void offer(PriorityQueue<Candidate> candidates, int[] tokens, int left, int right) {
    Merge merge = merges.get(key(tokens[left], tokens[right]));
    if (merge != null) {
      candidates.add(
          new Candidate(merge.rank(), left, right, tokens[left], tokens[right], merge.result()));
    }
  }
}
