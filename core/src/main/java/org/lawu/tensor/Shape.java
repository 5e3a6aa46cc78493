package org.lawu.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.lawu.error.IndexException;
import org.lawu.error.ShapeException;

/**
 * The sizes of a tensor along its axes, outermost first. Immutable. The empty shape {@code []} is
 * that of a scalar, which has one element; a size may be 0, and then there are no elements.
 *
 * <p>The rules of axes, broadcasting, reshaping and reducing live here. Their methods take the name
 * of the operation that asks, for the message of what they throw.
 */
public final class Shape {
  /** The shape of a scalar. */
  public static final Shape SCALAR = new Shape(new int[0], 1);

  private final int[] sizes;
  private final int elements;

  private Shape(int[] sizes, int elements) {
    this.sizes = sizes;
    this.elements = elements;
  }

  /**
   * The shape with the given sizes.
   *
   * @throws ShapeException if a size is negative or there are more than 2^31 - 1 elements
   */
  public static Shape of(int... sizes) {
    return sizes.length == 0 ? SCALAR : new Shape(sizes.clone(), count(sizes));
  }

  private static int count(int[] sizes) {
    long count = 1;
    boolean empty = false;
    for (int size : sizes) {
      if (size < 0) {
        throw new ShapeException(
            "shape: sizes must not be negative: " + Arrays.toString(sizes) + " holds " + size);
      }
      empty |= size == 0;
    }
    if (empty) {
      return 0;
    }
    for (int size : sizes) {
      count *= size;
      if (count > Integer.MAX_VALUE) {
        throw new ShapeException(
            "shape: too many elements: "
                + Arrays.toString(sizes)
                + " exceeds 2147483647; split the tensor");
      }
    }
    return (int) count;
  }

  /** The number of axes; 0 for a scalar. */
  public int rank() {
    return sizes.length;
  }

  /** The number of elements: the product of the sizes, 1 for a scalar. */
  public int elements() {
    return elements;
  }

  /**
   * The size along an axis; negative axes count from the end, -1 being the last.
   *
   * @throws IndexException if there is no such axis
   */
  public int size(int axis) {
    return sizes[axis("size", axis)];
  }

  /** The sizes, as a copy. */
  public int[] toArray() {
    return sizes.clone();
  }

  /**
   * The axis as an index from the front: {@code -1} becomes {@code rank - 1}.
   *
   * @throws IndexException if there is no such axis
   */
  public int axis(String operation, int axis) {
    if (axis < -sizes.length || axis >= sizes.length) {
      throw new IndexException(
          "%s: axis %d is out of range for shape %s, which has %s"
              .formatted(operation, axis, this, axisCount(sizes.length)));
    }
    return axis < 0 ? axis + sizes.length : axis;
  }

  private static String axisCount(int rank) {
    return switch (rank) {
      case 0 -> "no axes";
      case 1 -> "the axis 0";
      default -> "the axes 0 to " + (rank - 1);
    };
  }

  /**
   * The axes as rising indices from the front; no axes means all of them.
   *
   * @throws IndexException if an axis does not exist or is named twice
   */
  public int[] axes(String operation, int... axes) {
    int[] result = new int[axes.length == 0 ? sizes.length : axes.length];
    if (axes.length == 0) {
      Arrays.setAll(result, i -> i);
      return result;
    }
    for (int i = 0; i < axes.length; i++) {
      result[i] = axis(operation, axes[i]);
    }
    Arrays.sort(result);
    for (int i = 1; i < result.length; i++) {
      if (result[i] == result[i - 1]) {
        throw new IndexException(
            "%s: axis %d is named twice in %s; name each axis once"
                .formatted(operation, result[i], Arrays.toString(axes)));
      }
    }
    return result;
  }

  /**
   * The shape that two shapes broadcast to, by NumPy's rule: aligned at the last axis, two sizes
   * must be equal or one of them 1.
   *
   * @throws ShapeException if the shapes do not fit
   */
  public static Shape broadcast(String operation, Shape a, Shape b) {
    if (a.equals(b)) {
      return a;
    }
    int rank = Math.max(a.rank(), b.rank());
    int[] result = new int[rank];
    for (int i = 0; i < rank; i++) {
      int sizeA = a.sizeFromEnd(rank - i);
      int sizeB = b.sizeFromEnd(rank - i);
      if (sizeA != sizeB && sizeA != 1 && sizeB != 1) {
        throw new ShapeException(
            "%s: shapes do not broadcast: %s and %s (axis %d: %d vs %d); sizes must be equal or 1"
                .formatted(operation, a, b, i - rank, sizeA, sizeB));
      }
      result[i] = sizeA == 1 ? sizeB : sizeA;
    }
    return of(result);
  }

  private int sizeFromEnd(int position) {
    return position > sizes.length ? 1 : sizes[sizes.length - position];
  }

  /** Whether {@code this} broadcasts to {@code target} without changing it. */
  public boolean broadcastsTo(Shape target) {
    if (rank() > target.rank()) {
      return false;
    }
    for (int i = 1; i <= rank(); i++) {
      int size = sizeFromEnd(i);
      if (size != 1 && size != target.sizeFromEnd(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The shape of the same elements under other sizes, of which one may be -1 and is then computed.
   *
   * @throws ShapeException if the number of elements differs or -1 cannot be computed
   */
  public Shape reshape(String operation, int... newSizes) {
    int unknown = -1;
    long known = 1;
    for (int i = 0; i < newSizes.length; i++) {
      if (newSizes[i] == -1) {
        if (unknown >= 0) {
          throw new ShapeException(
              "%s: only one size may be -1: %s".formatted(operation, Arrays.toString(newSizes)));
        }
        unknown = i;
      } else {
        known *= newSizes[i];
      }
    }
    int[] result = newSizes.clone();
    if (unknown >= 0) {
      if (known <= 0 || elements % known != 0) {
        throw new ShapeException(
            "%s: %s (%d elements) cannot become %s: %d does not divide by %d"
                .formatted(operation, this, elements, Arrays.toString(newSizes), elements, known));
      }
      result[unknown] = (int) (elements / known);
    }
    Shape shape = of(result);
    if (shape.elements != elements) {
      throw new ShapeException(
          "%s: %s (%d elements) cannot become %s (%d elements); the number of elements must stay"
              .formatted(operation, this, elements, shape, shape.elements));
    }
    return shape;
  }

  /**
   * The shape left when the axes (rising, from the front) are reduced: each becomes 1 where {@code
   * keepDims}, and goes away otherwise.
   */
  public Shape reduce(int[] axes, boolean keepDims) {
    int[] result = new int[keepDims ? sizes.length : sizes.length - axes.length];
    int next = 0;
    int at = 0;
    for (int i = 0; i < sizes.length; i++) {
      boolean reduced = next < axes.length && axes[next] == i;
      if (reduced) {
        next++;
      }
      if (!reduced || keepDims) {
        result[at++] = reduced ? 1 : sizes[i];
      }
    }
    return of(result);
  }

  /** This shape with another size on one axis (from the front). */
  public Shape with(int axis, int size) {
    int[] result = sizes.clone();
    result[axis] = size;
    return of(result);
  }

  /** This shape with an axis of the given size put in before position {@code axis}. */
  public Shape insert(int axis, int size) {
    int[] result = new int[sizes.length + 1];
    System.arraycopy(sizes, 0, result, 0, axis);
    result[axis] = size;
    System.arraycopy(sizes, axis, result, axis + 1, sizes.length - axis);
    return of(result);
  }

  /** The axes {@code from} (inclusive) to {@code to} (exclusive), from the front. */
  public Shape slice(int from, int to) {
    return of(Arrays.copyOfRange(sizes, from, to));
  }

  /** These axes followed by the other's. */
  public Shape concat(Shape other) {
    int[] result = Arrays.copyOf(sizes, sizes.length + other.sizes.length);
    System.arraycopy(other.sizes, 0, result, sizes.length, other.sizes.length);
    return of(result);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  /** As in {@code [32, 784]}. */
  @Override
  public String toString() {
    return Arrays.stream(sizes)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
