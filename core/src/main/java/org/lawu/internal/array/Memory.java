package org.lawu.internal.array;

import java.util.Arrays;
import org.lawu.internal.array.Storage.Doubles;
import org.lawu.internal.array.Storage.Floats;
import org.lawu.internal.array.Storage.Ints;
import org.lawu.tensor.DType;

/**
 * Where operations get room for results that they are about to write. The contents are not to be
 * relied on: with {@code -Dlawu.memory=poison}, which the tests set, they are NaN and other values
 * that spoil whatever reads them.
 */
final class Memory {
  private static final boolean POISON = "poison".equals(System.getProperty("lawu.memory"));

  private Memory() {}

  static Storage allocate(DType dtype, int length) {
    Storage storage = Storage.zeros(dtype, length);
    if (POISON) {
      poison(storage);
    }
    return storage;
  }

  private static void poison(Storage storage) {
    switch (storage) {
      case Floats(var data) -> Arrays.fill(data, Float.NaN);
      case Doubles(var data) -> Arrays.fill(data, Double.NaN);
      case Ints(var data) -> Arrays.fill(data, Integer.MIN_VALUE / 3);
      case Storage.Booleans(var data) -> Arrays.fill(data, true);
    }
  }
}
