package org.lawu.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lawu.error.IndexException;
import org.lawu.error.ShapeException;

class ShapeTest {

  @Test
  void countsElements() {
    assertThat(Shape.of(2, 3, 4).elements()).isEqualTo(24);
    assertThat(Shape.SCALAR.elements()).isEqualTo(1);
    assertThat(Shape.of(5, 0, 7).elements()).isZero();
    assertThat(Shape.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 0).elements()).isZero();
  }

  @Test
  void refusesNegativeAndExcessiveSizes() {
    assertThatThrownBy(() -> Shape.of(2, -3))
        .isInstanceOf(ShapeException.class)
        .hasMessage("shape: sizes must not be negative: [2, -3] holds -3");
    assertThatThrownBy(() -> Shape.of(65536, 65536))
        .hasMessage(
            "shape: too many elements: [65536, 65536] exceeds 2147483647; split the tensor");
  }

  @Test
  void negativeAxesCountFromTheEnd() {
    Shape shape = Shape.of(2, 3, 4);
    assertThat(shape.size(-1)).isEqualTo(4);
    assertThat(shape.axes("sum", -1, 0)).containsExactly(0, 2);
    assertThat(shape.axes("sum")).containsExactly(0, 1, 2);
    assertThatThrownBy(() -> shape.axis("sum", 3))
        .isInstanceOf(IndexException.class)
        .hasMessage("sum: axis 3 is out of range for shape [2, 3, 4], which has the axes 0 to 2");
    assertThatThrownBy(() -> Shape.SCALAR.axis("sum", 0))
        .hasMessage("sum: axis 0 is out of range for shape [], which has no axes");
    assertThatThrownBy(() -> shape.axes("sum", 1, -2))
        .hasMessage("sum: axis 1 is named twice in [1, -2]; name each axis once");
  }

  @Test
  void broadcastsLikeNumPy() {
    assertThat(broadcast(Shape.of(4, 1, 6), Shape.of(5, 6))).isEqualTo(Shape.of(4, 5, 6));
    assertThat(broadcast(Shape.SCALAR, Shape.of(3))).isEqualTo(Shape.of(3));
    assertThat(broadcast(Shape.of(1, 3), Shape.of(0, 3))).isEqualTo(Shape.of(0, 3));
    assertThatThrownBy(() -> broadcast(Shape.of(2, 3), Shape.of(4, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "add: shapes do not broadcast: [2, 3] and [4, 3] (axis -2: 2 vs 4);"
                + " sizes must be equal or 1");
  }

  private static Shape broadcast(Shape a, Shape b) {
    return Shape.broadcast("add", a, b);
  }

  @Test
  void broadcastsToIsOneSided() {
    assertThat(Shape.of(1, 3).broadcastsTo(Shape.of(2, 2, 3))).isTrue();
    assertThat(Shape.of(2, 3).broadcastsTo(Shape.of(3))).isFalse();
    assertThat(Shape.of(2).broadcastsTo(Shape.of(3))).isFalse();
  }

  @Test
  void reshapeComputesOneSize() {
    assertThat(Shape.of(2, 6).reshape("reshape", 3, -1)).isEqualTo(Shape.of(3, 4));
    assertThat(Shape.of(0, 6).reshape("reshape", -1, 6)).isEqualTo(Shape.of(0, 6));
    assertThatThrownBy(() -> Shape.of(2, 6).reshape("reshape", 5, -1))
        .hasMessage("reshape: [2, 6] (12 elements) cannot become [5, -1]: 12 does not divide by 5");
    assertThatThrownBy(() -> Shape.of(2, 6).reshape("reshape", -1, -1))
        .hasMessage("reshape: only one size may be -1: [-1, -1]");
    assertThatThrownBy(() -> Shape.of(2, 6).reshape("reshape", 5))
        .hasMessage(
            "reshape: [2, 6] (12 elements) cannot become [5] (5 elements);"
                + " the number of elements must stay");
    assertThatThrownBy(() -> Shape.of(2, 6).reshape("reshape", 0, -1))
        .isInstanceOf(ShapeException.class);
  }

  @Test
  void reducesAndInserts() {
    Shape shape = Shape.of(2, 3, 4);
    assertThat(shape.reduce(new int[] {0, 2}, false)).isEqualTo(Shape.of(3));
    assertThat(shape.reduce(new int[] {0, 2}, true)).isEqualTo(Shape.of(1, 3, 1));
    assertThat(shape.insert(3, 1)).isEqualTo(Shape.of(2, 3, 4, 1));
    assertThat(shape.with(1, 9)).isEqualTo(Shape.of(2, 9, 4));
    assertThat(shape.slice(1, 3).concat(Shape.of(7))).isEqualTo(Shape.of(3, 4, 7));
  }

  @Test
  void isAValue() {
    int[] sizes = {2, 3};
    Shape shape = Shape.of(sizes);
    sizes[0] = 9;
    shape.toArray()[1] = 9;
    assertThat(shape).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
    assertThat(shape).hasToString("[2, 3]").isNotEqualTo(Shape.of(3, 2));
  }
}
