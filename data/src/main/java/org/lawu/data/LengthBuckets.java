package org.lawu.data;

import java.util.Arrays;
import java.util.Comparator;
import org.lawu.random.Philox;

/**
 * A random order of records in which those of a batch are of like length: the records are shuffled,
 * each run of {@value #BATCHES} batches is sorted by length, and the batches are shuffled. A batch
 * is then almost as short as its records, while which records meet in it changes from epoch to
 * epoch.
 */
final class LengthBuckets {
  /** Fewer would mix lengths, more would always bring the same records together. */
  private static final int BATCHES = 50;

  private LengthBuckets() {}

  static int[] order(int[] lengths, int batchSize, Philox random) {
    int[] shuffled = random.permutation(lengths.length);
    int run = (int) Math.min((long) BATCHES * batchSize, Integer.MAX_VALUE);
    for (int from = 0; from < shuffled.length; from += run) {
      sort(shuffled, from, Math.min(from + run, shuffled.length), lengths);
      if (shuffled.length - from <= run) {
        break;
      }
    }
    // The last batch, which may be smaller, stays where the loader expects it.
    int full = shuffled.length / batchSize;
    int[] batches = random.permutation(full);
    int[] order = shuffled.clone();
    for (int i = 0; i < full; i++) {
      System.arraycopy(shuffled, batches[i] * batchSize, order, i * batchSize, batchSize);
    }
    return order;
  }

  private static void sort(int[] records, int from, int to, int[] lengths) {
    int[] sorted =
        Arrays.stream(records, from, to)
            .boxed()
            .sorted(Comparator.comparingInt(record -> lengths[record]))
            .mapToInt(Integer::intValue)
            .toArray();
    System.arraycopy(sorted, 0, records, from, sorted.length);
  }
}
