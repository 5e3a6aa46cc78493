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
}
