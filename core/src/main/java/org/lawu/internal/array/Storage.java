package org.lawu.internal.array;

import org.lawu.tensor.DType;

/**
 * The Java array that holds a tensor's elements. Heap arrays, because C2 compiles the kernels'
 * inner loops on them several times faster than on memory segments.
 */
public sealed interface Storage {

  /** FLOAT32 elements. */
  record Floats(float[] data) implements Storage {
    @Override
    public DType dtype() {
      return DType.FLOAT32;
    }

    @Override
    public int length() {
      return data.length;
    }
  }

  /** FLOAT64 elements. */
  record Doubles(double[] data) implements Storage {
    @Override
    public DType dtype() {
      return DType.FLOAT64;
    }

    @Override
    public int length() {
      return data.length;
    }
  }

  /** INT32 elements. */
  record Ints(int[] data) implements Storage {
    @Override
    public DType dtype() {
      return DType.INT32;
    }

    @Override
    public int length() {
      return data.length;
    }
  }

  /** BOOL elements. */
  record Booleans(boolean[] data) implements Storage {
    @Override
    public DType dtype() {
      return DType.BOOL;
    }

    @Override
    public int length() {
      return data.length;
    }
  }

  /** The type of the elements. */
  DType dtype();

  /** The number of elements that fit. */
  int length();

  /** The Java array itself, for {@link System#arraycopy}. */
  default Object array() {
    return switch (this) {
      case Floats(var data) -> data;
      case Doubles(var data) -> data;
      case Ints(var data) -> data;
      case Booleans(var data) -> data;
    };
  }

  /** Room for {@code length} elements, all zero (false). */
  static Storage zeros(DType dtype, int length) {
    return switch (dtype) {
      case FLOAT32 -> new Floats(new float[length]);
      case FLOAT64 -> new Doubles(new double[length]);
      case INT32 -> new Ints(new int[length]);
      case BOOL -> new Booleans(new boolean[length]);
    };
  }
}
