package org.lawu.train.metric;

import java.util.Arrays;

/** Numbers in an array that grows. */
final class Numbers {
  private double[] values = new double[64];
  private int size;
  private boolean sorted;

  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
    sorted = false;
  }

  int size() {
    return size;
  }

  double get(int index) {
    return values[index];
  }

  /** Puts them in ascending order, NaN at the end. */
  void sort() {
    if (!sorted) {
      Arrays.sort(values, 0, size);
      sorted = true;
    }
  }

  double[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
