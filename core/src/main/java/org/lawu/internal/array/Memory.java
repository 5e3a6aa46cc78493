package org.lawu.internal.array;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.Storage.Booleans;
import org.lawu.internal.array.Storage.Doubles;
import org.lawu.internal.array.Storage.Floats;
import org.lawu.internal.array.Storage.Ints;
import org.lawu.tensor.DType;

/**
 * Where operations get room for results: from the run of a {@link Recycler} if this thread is in
 * one, else new arrays. What {@link #allocate} gives is to be written before it is read, and what
 * was given back is not to be read: with {@code -Dlawu.memory=poison}, which the tests set, it is
 * filled with NaN and the like to spoil whatever reads it.
 */
public final class Memory {
  private static final boolean POISON = "poison".equals(System.getProperty("lawu.memory"));

  private Memory() {}

  /** Room for {@code length} elements, with anything in it. */
  static Storage allocate(DType dtype, int length) {
    Storage recycled = dtype == DType.FLOAT32 ? recycled(length) : null;
    Storage storage = recycled == null ? Storage.zeros(dtype, length) : recycled;
    if (POISON) {
      poison(storage);
    }
    return storage;
  }

  /** Room for {@code length} elements, all zero (false). */
  static Storage zeros(DType dtype, int length) {
    Floats recycled = dtype == DType.FLOAT32 ? recycled(length) : null;
    if (recycled == null) {
      return Storage.zeros(dtype, length);
    }
    Arrays.fill(recycled.data(), 0);
    return recycled;
  }

  private static @Nullable Floats recycled(int length) {
    var recycler = length < Recycler.SMALLEST ? null : Recycler.current();
    return recycler == null ? null : recycler.take(length);
  }

  /** The same elements in an array that outlives the run in which they were computed. */
  public static NdArray kept(NdArray array) {
    if (array.storage() instanceof Floats floats) {
      if (floats.isBorrowed()) {
        float[] copy = Arrays.copyOf(floats.data(), floats.length());
        return new NdArray(new Floats(copy), array.layout());
      }
      floats.keep();
    }
    return array;
  }

  /** Leaves elements to the graph that will read them, until the run ends. */
  public static void save(NdArray array) {
    if (array.storage() instanceof Floats floats) {
      floats.save();
    }
  }

  /** Leaves elements to whoever holds them, until that lets go. */
  public static void hold(NdArray array) {
    if (array.storage() instanceof Floats floats) {
      floats.hold();
    }
  }

  /** Takes back one {@link #hold}. */
  public static void letGo(NdArray array) {
    if (array.storage() instanceof Floats floats) {
      floats.letGo();
    }
  }

  /** Forbids to overwrite elements: others than those who hold them may have seen them. */
  public static void share(NdArray array) {
    if (array.storage() instanceof Floats floats) {
      floats.share();
    }
  }

  /** Makes borrowed elements unreadable. */
  public static void revoke(NdArray array) {
    if (array.storage() instanceof Floats floats) {
      floats.release();
    }
  }

  /** Spoils an array that is given back, for whoever reads it still. */
  static void spoil(float[] array) {
    if (POISON) {
      Arrays.fill(array, Float.NaN);
    }
  }

  private static void poison(Storage storage) {
    switch (storage) {
      case Floats floats -> Arrays.fill(floats.data(), Float.NaN);
      case Doubles(var data) -> Arrays.fill(data, Double.NaN);
      case Ints(var data) -> Arrays.fill(data, Integer.MIN_VALUE / 3);
      case Booleans(var data) -> Arrays.fill(data, true);
    }
  }
}
