package org.lawu.data.text;

import java.util.Arrays;

/** Numbers that are added one after another. */
final class IntList {
  private int[] numbers = new int[16];
  private int size;

  void add(int number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    numbers[size++] = number;
  }

  void addAll(int[] more) {
    for (int number : more) {
      add(number);
    }
  }

  int[] toArray() {
    return Arrays.copyOf(numbers, size);
  }
}
