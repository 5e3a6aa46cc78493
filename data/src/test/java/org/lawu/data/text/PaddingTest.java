package org.lawu.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class PaddingTest {
  private static final List<int[]> TEXTS = List.of(new int[] {7, 8}, new int[] {1, 2, 3, 4, 5});

  @Test
  void fillsUpAndCutsAtEitherSide() {
    var padding = Padding.to(4);
    assertThat(padding.tokens(TEXTS))
        .isEqualTo(Tensor.of(new int[] {7, 8, 0, 0, 1, 2, 3, 4}, 2, 4));
    assertThat(padding.fill(Side.START).tokens(TEXTS))
        .isEqualTo(Tensor.of(new int[] {0, 0, 7, 8, 1, 2, 3, 4}, 2, 4));
    assertThat(padding.cut(Side.START).token(9).tokens(TEXTS))
        .isEqualTo(Tensor.of(new int[] {7, 8, 9, 9, 2, 3, 4, 5}, 2, 4));
  }

  @Test
  void isNoLongerThanTheLongestUnlessAlways() {
    assertThat(Padding.toLongest(9).tokens(TEXTS).shape()).isEqualTo(Shape.of(2, 5));
    assertThat(Padding.to(9).tokens(TEXTS).shape()).isEqualTo(Shape.of(2, 9));
    assertThat(Padding.toLongest(9).tokens(List.of(new int[0])).shape()).isEqualTo(Shape.of(1, 1));
    assertThat(Padding.toLongest(9).tokens(List.of()).shape()).isEqualTo(Shape.of(0, 1));
  }

  @Test
  void tellsWhatIsOfTheTexts() {
    Tensor mask = Padding.to(4).fill(Side.START).mask(TEXTS);
    assertThat(mask.dtype()).isEqualTo(DType.BOOL);
    assertThat(mask.to(DType.INT32)).isEqualTo(Tensor.of(new int[] {0, 0, 1, 1, 1, 1, 1, 1}, 2, 4));
    assertThat(Padding.to(4).lengths(TEXTS)).isEqualTo(Tensor.of(new int[] {2, 4}, 2));
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> Padding.to(0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("padding: the length must be at least 1, got 0");
  }
}
