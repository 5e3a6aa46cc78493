package org.lawu.testkit;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lawu.tensor.Shape;

/**
 * Shapes that find out operations: none and one element, every remainder of a vector register's
 * length, and axes of size 0 and 1. Each sample has one shape for each input.
 */
public final class SampleShapes {
  /** Around and between the lengths of vector registers and of what kernels unroll. */
  private static final int[] LENGTHS = {0, 1, 2, 7, 8, 17, 33, 67, 257};

  private SampleShapes() {}

  /** One sample: a shape for each input. */
  public static List<Shape> sample(Shape... shapes) {
    return List.of(shapes);
  }

  /** Samples for an elementwise function of tensors of one shape. */
  public static List<List<Shape>> elementwise(int inputs) {
    Stream<Shape> vectors = IntStream.of(LENGTHS).mapToObj(Shape::of);
    Stream<Shape> others =
        Stream.of(Shape.SCALAR, Shape.of(3, 5), Shape.of(2, 0, 3), Shape.of(4, 1, 17));
    return Stream.concat(vectors, others)
        .map(shape -> IntStream.range(0, inputs).mapToObj(i -> shape).toList())
        .toList();
  }

  /** Samples for an elementwise function of two tensors that are broadcast to each other. */
  public static List<List<Shape>> broadcast() {
    return Stream.concat(
            elementwise(2).stream(),
            Stream.of(
                sample(Shape.of(3, 17), Shape.SCALAR),
                sample(Shape.SCALAR, Shape.of(3, 17)),
                sample(Shape.of(3, 17), Shape.of(17)),
                sample(Shape.of(3, 1), Shape.of(3, 17)),
                sample(Shape.of(3, 1), Shape.of(1, 17)),
                sample(Shape.of(4, 1, 6), Shape.of(5, 1)),
                sample(Shape.of(1, 1), Shape.of(0)),
                sample(Shape.of(2, 1, 3, 1), Shape.of(5, 1, 4))))
        .toList();
  }

  /** Samples of rank 3 for operations along the axes of one tensor, none of size 0. */
  public static List<List<Shape>> cubes() {
    return Stream.of(
            Shape.of(1, 1, 1),
            Shape.of(2, 6, 5),
            Shape.of(3, 1, 17),
            Shape.of(1, 33, 2),
            Shape.of(67, 2, 1),
            Shape.of(1, 2, 257))
        .map(List::of)
        .toList();
  }

  /** {@link #cubes()} and some with axes of size 0. */
  public static List<List<Shape>> cubesAndEmpty() {
    return Stream.concat(
            cubes().stream(),
            Stream.of(Shape.of(0, 3, 2), Shape.of(2, 0, 3), Shape.of(2, 3, 0)).map(List::of))
        .toList();
  }
}
