package org.lawu.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/** The classes of records, by which they are divided. */
final class Classes {
  private Classes() {}

  static int[] of(String operation, Tensor labels) {
    if (labels.dtype() != DType.INT32) {
      throw new DTypeException(
          "%s: labels must be INT32 classes, got %s %s; divide at random"
              .formatted(operation, labels.dtype(), labels.shape()));
    }
    if (labels.rank() != 1) {
      throw new ShapeException(
          "%s: labels must be a vector, one class for each record, got %s"
              .formatted(operation, labels.shape()));
    }
    return labels.toIntArray();
  }

  static void requireMembers(String operation, int[] classes, int least, String remedy) {
    Map<Integer, Integer> members = new TreeMap<>();
    Arrays.stream(classes).forEach(c -> members.merge(c, 1, Integer::sum));
    members.forEach((c, count) -> {
      if (count < least) {
        throw new ArgumentException(
            "%s: class %d has too few records: %d, and at least %d are needed; %s"
                .formatted(operation, c, count, least, remedy));
      }
    });
  }

  /** The records by class, those of a class in the order they had. */
  static int[] sort(int[] order, int[] classes) {
    return Arrays.stream(order)
        .boxed()
        .sorted(Comparator.comparingInt(record -> classes[record]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
