package org.lawu.data;

import java.util.stream.IntStream;
import org.lawu.error.ArgumentException;
import org.lawu.error.IndexException;
import org.lawu.tensor.Tensor;

/** The numbers of records that are asked of a data set. */
final class Records {
  private Records() {}

  static int[] all(Dataset dataset) {
    return IntStream.range(0, dataset.size()).toArray();
  }

  static void check(String operation, int[] records, int size) {
    for (int record : records) {
      if (record < 0 || record >= size) {
        throw new IndexException(
            "%s: there is no record %d; the data set has %d, counted from 0"
                .formatted(operation, record, size));
      }
    }
  }

  static void requireOneEach(String operation, String what, int count, Dataset dataset) {
    if (count != dataset.size()) {
      throw new ArgumentException(
          "%s: there must be a %s for each of %d records, got %d"
              .formatted(operation, what, dataset.size(), count));
    }
  }

  /** The rows of a tensor that are named: a view where they follow one another. */
  static Tensor select(Tensor tensor, int[] records) {
    if (isRange(records)) {
      int from = records.length == 0 ? 0 : records[0];
      return tensor.slice(0, from, from + records.length);
    }
    return tensor.indexSelect(0, Tensor.of(records));
  }

  private static boolean isRange(int[] records) {
    for (int i = 1; i < records.length; i++) {
      if (records[i] != records[0] + i) {
        return false;
      }
    }
    return true;
  }
}
