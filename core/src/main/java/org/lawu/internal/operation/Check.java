package org.lawu.internal.operation;

import org.lawu.error.DTypeException;
import org.lawu.error.IndexException;
import org.lawu.internal.array.NdArray;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;

/** The checks that operations share, each with its message. */
public final class Check {
  private Check() {}

  /** Both have the same element type. */
  public static void sameType(String operation, NdArray x, NdArray y) {
    if (x.dtype() != y.dtype()) {
      throw new DTypeException(
          "%s: element types differ: %s %s and %s %s; convert one with .to(DType.%s)"
              .formatted(operation, x.dtype(), x.shape(), y.dtype(), y.shape(), x.dtype()));
    }
  }

  /** The elements are FLOAT32 or FLOAT64. */
  public static void floating(String operation, NdArray x) {
    if (!x.dtype().isFloating()) {
      throw new DTypeException(
          "%s: needs FLOAT32 or FLOAT64, got %s %s; convert with .to(DType.FLOAT32)"
              .formatted(operation, x.dtype(), x.shape()));
    }
  }

  /** The elements are of the given type. */
  public static void type(String operation, String what, NdArray x, DType expected) {
    if (x.dtype() != expected) {
      throw new DTypeException(
          "%s: %s must be %s, got %s %s; convert with .to(DType.%s)"
              .formatted(operation, what, expected, x.dtype(), x.shape(), expected));
    }
  }

  /** Every element of a contiguous INT32 array points into {@code 0 .. size - 1}. */
  public static void indices(String operation, String what, NdArray indices, int size) {
    int[] data = indices.ints();
    int at = indices.offset();
    for (int i = 0; i < indices.elements(); i++) {
      int index = data[at + i];
      if (index < 0 || index >= size) {
        throw new IndexException(
            "%s: %s %d at position %s is out of range 0 to %d"
                .formatted(operation, what, index, position(indices.shape(), i), size - 1));
      }
    }
  }

  /** The place of the {@code i}-th element in row-major order, as {@code [2, 0]}. */
  static String position(Shape shape, int i) {
    int[] place = new int[shape.rank()];
    int rest = i;
    for (int axis = place.length - 1; axis >= 0; axis--) {
      place[axis] = rest % shape.size(axis);
      rest /= shape.size(axis);
    }
    return Shape.of(place).toString();
  }
}
