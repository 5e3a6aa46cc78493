package org.lawu.internal.array;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class LayoutTest {

  @Test
  void slicingMovesTheOffset() {
    Layout sliced = Layout.contiguous(Shape.of(4, 6)).slice(1, 1, 2, 3).slice(0, 2, 1, 2);
    assertThat(sliced.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(sliced.strides()).containsExactly(6, 2);
    assertThat(sliced.offset()).isEqualTo(13);
  }

  /** Its offset once lay beyond the storage, which has no elements. */
  @Test
  void slicesWithoutElementsStartWithinTheStorage() {
    Tensor sliced = Tensor.zeros(2, 0, 9).slice(2, 3, 6);
    assertThat(sliced.shape()).isEqualTo(Shape.of(2, 0, 3));
    assertThat(sliced.toFloatArray()).isEmpty();
  }

  private static Layout layout(int[] sizes, int... strides) {
    return new Layout(Shape.of(sizes), strides, 5);
  }

  private static int[] sizes(int... sizes) {
    return sizes;
  }

  @Test
  void mergesAndSplitsAxesThatAreEvenlySpaced() {
    // The rows of a matrix of 10 columns, of which 6 are used, every second one.
    Layout rows = layout(sizes(4, 3), 10, 2);
    assertThat(rows.reshape(Shape.of(2, 2, 3))).isEqualTo(layout(sizes(2, 2, 3), 20, 10, 2));
    assertThat(rows.reshape(Shape.of(12))).isNull();
    assertThat(rows.reshape(Shape.of(2, 6))).isNull();
    assertThat(rows.reshape(Shape.of(6, 2))).isNull();
    // Two axes that lie behind one another become one, beside a permuted one.
    Layout permuted = layout(sizes(2, 3, 5), 3, 1, 6);
    assertThat(permuted.reshape(Shape.of(6, 5))).isEqualTo(layout(sizes(6, 5), 1, 6));
    assertThat(permuted.reshape(Shape.of(3, 2, 5))).isEqualTo(layout(sizes(3, 2, 5), 2, 1, 6));
    assertThat(permuted.reshape(Shape.of(2, 15))).isNull();
  }

  @Test
  void putsInAndTakesOutAxesOfSizeOne() {
    Layout transposed = layout(sizes(3, 2), 1, 3);
    Layout inserted = transposed.reshape(Shape.of(1, 3, 1, 2, 1));
    assertThat(inserted).isNotNull();
    assertThat(inserted.strides()[1]).isEqualTo(1);
    assertThat(inserted.strides()[3]).isEqualTo(3);
    assertThat(inserted.reshape(Shape.of(3, 2))).isEqualTo(transposed);
  }

  @Test
  void keepsRepeatedAxesRepeated() {
    Layout repeated = layout(sizes(4, 6, 2), 0, 0, 3);
    assertThat(repeated.reshape(Shape.of(24, 2))).isEqualTo(layout(sizes(24, 2), 0, 3));
    assertThat(repeated.reshape(Shape.of(4, 12))).isNull();
  }

  @Test
  void reshapesOneElementAndNone() {
    Layout one = layout(sizes(1, 1), 7, 9);
    assertThat(one.reshape(Shape.SCALAR)).isEqualTo(layout(sizes()));
    assertThat(layout(sizes(3, 0), 1, 9).reshape(Shape.of(0, 5))).isNotNull();
  }

  @Test
  void flipsByNegativeStrides() {
    Layout flipped = layout(sizes(3, 4), 4, 1).flip(sizes(0));
    assertThat(flipped).isEqualTo(new Layout(Shape.of(3, 4), new int[] {-4, 1}, 13));
    assertThat(layout(sizes(3, 0), 0, 1).flip(sizes(0, 1)).offset()).isEqualTo(5);
  }

  @Test
  void viewsShareTheElements() {
    NdArray matrix = NdArray.of(new float[] {1, 2, 3, 4, 5, 6}, Shape.of(2, 3));
    NdArray transposed = matrix.withLayout(matrix.layout().permute(new int[] {1, 0}));
    assertThat(transposed.reshape(Shape.of(3, 1, 2)).floats()).isSameAs(matrix.floats());
    assertThat(transposed.reshape(Shape.of(6)).floats()).containsExactly(1, 4, 2, 5, 3, 6);
  }
}
