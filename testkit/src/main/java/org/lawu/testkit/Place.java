package org.lawu.testkit;

import java.util.Arrays;
import org.lawu.tensor.Shape;

/** Names the places of elements in messages. */
final class Place {
  private Place() {}

  /** The place of the {@code i}-th element in row-major order, as {@code [2, 0]}. */
  static String of(Shape shape, int i) {
    int[] place = new int[shape.rank()];
    int rest = i;
    for (int axis = place.length - 1; axis >= 0; axis--) {
      place[axis] = rest % shape.size(axis);
      rest /= shape.size(axis);
    }
    return Arrays.toString(place);
  }
}
