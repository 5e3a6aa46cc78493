package org.lawu.internal.array;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lawu.tensor.Shape;

/**
 * Where the elements of an array lie: element {@code (i, j, ...)} is at {@code offset + i *
 * strides[0] + j * strides[1] + ...}. Permuting, slicing and expanding change the layout alone.
 */
public record Layout(Shape shape, int[] strides, int offset) {
  /** No stride: none is as large. */
  private static final int UNEVEN = Integer.MIN_VALUE;

  /** Row-major from the start of the storage. */
  public static Layout contiguous(Shape shape) {
    return new Layout(shape, rowMajor(shape), 0);
  }

  private static int[] rowMajor(Shape shape) {
    int[] strides = new int[shape.rank()];
    int stride = 1;
    for (int i = strides.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape.size(i);
    }
    return strides;
  }

  /** Whether the elements follow one another in row-major order. */
  public boolean isContiguous() {
    int expected = 1;
    for (int i = strides.length - 1; i >= 0; i--) {
      int size = shape.size(i);
      if (size != 1) {
        if (strides[i] != expected) {
          return shape.elements() == 0;
        }
        expected *= size;
      }
    }
    return true;
  }

  /** The same elements with axis {@code i} being this layout's axis {@code order[i]}. */
  public Layout permute(int[] order) {
    int[] sizes = new int[order.length];
    int[] permuted = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      sizes[i] = shape.size(order[i]);
      permuted[i] = strides[order[i]];
    }
    return new Layout(Shape.of(sizes), permuted, offset);
  }

  /** From {@code start}, every {@code step}-th element along an axis, {@code size} of them. */
  public Layout slice(int axis, int start, int step, int size) {
    int[] sliced = strides.clone();
    sliced[axis] = strides[axis] * step;
    Shape result = shape.with(axis, size);
    // Where there are no elements, the first one's place could lie beyond the storage.
    int first = result.elements() == 0 ? offset : offset + start * strides[axis];
    return new Layout(result, sliced, first);
  }

  /**
   * Broadcast to {@code target}, which this shape must broadcast to: repeated axes get stride 0.
   */
  public Layout expand(Shape target) {
    if (shape.equals(target)) {
      return this;
    }
    int[] expanded = new int[target.rank()];
    int lead = target.rank() - shape.rank();
    for (int i = lead; i < expanded.length; i++) {
      expanded[i] = shape.size(i - lead) == 1 ? 0 : strides[i - lead];
    }
    return new Layout(target, expanded, offset);
  }

  /** The layout of the elements whose indices after the first {@code count} axes are all 0. */
  public Layout leading(int count) {
    return new Layout(shape.slice(0, count), Arrays.copyOf(strides, count), offset);
  }

  /** The axes (from the front) in reverse order. */
  public Layout flip(int[] axes) {
    int[] flipped = strides.clone();
    int first = offset;
    for (int axis : axes) {
      flipped[axis] = -strides[axis];
      first += Math.max(0, shape.size(axis) - 1) * strides[axis];
    }
    return new Layout(shape, flipped, shape.elements() == 0 ? offset : first);
  }

  /**
   * The same elements in row-major order under another shape of as many elements, or null if no
   * strides describe that. As in NumPy, the axes of both shapes fall into groups of equally many
   * elements, and the axes of each group must be evenly spaced: together one axis with one stride.
   */
  public @Nullable Layout reshape(Shape target) {
    if (isContiguous()) {
      return new Layout(target, rowMajor(target), offset);
    }
    int[] result = new int[target.rank()];
    int axis = 0;
    int made = 0;
    while (axis < shape.rank() && made < result.length) {
      int nextAxis = axis + 1;
      int nextMade = made + 1;
      int size = shape.size(axis);
      int newSize = target.size(made);
      while (size != newSize) {
        if (size < newSize) {
          size *= shape.size(nextAxis++);
        } else {
          newSize *= target.size(nextMade++);
        }
      }
      int spacing = spacing(axis, nextAxis);
      if (spacing == UNEVEN) {
        return null;
      }
      for (int i = nextMade - 1; i >= made; i--) {
        result[i] = spacing;
        spacing *= target.size(i);
      }
      axis = nextAxis;
      made = nextMade;
    }
    // What is left are axes of size 1, at which any stride will do.
    return new Layout(target, result, offset);
  }

  /** The one stride along the axes from {@code first} to before {@code end}, if they have one. */
  private int spacing(int first, int end) {
    int spacing = 0;
    int expected = UNEVEN;
    for (int i = end - 1; i >= first; i--) {
      if (shape.size(i) == 1) {
        continue;
      }
      if (expected == UNEVEN) {
        spacing = strides[i];
      } else if (strides[i] != expected) {
        return UNEVEN;
      }
      expected = strides[i] * shape.size(i);
    }
    return spacing;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Layout layout
        && offset == layout.offset
        && shape.equals(layout.shape)
        && Arrays.equals(strides, layout.strides);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(strides) + offset;
  }

  @Override
  public String toString() {
    return shape + " strides " + Arrays.toString(strides) + " offset " + offset;
  }
}
