package org.lawu.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the contract's samples do not reach: zeros, ties and NaN. */
class ComposedTest {

  @Test
  void theGradientOfTheNormIsZeroAtTheZeroVector() {
    Tensor x = Tensor.of(new float[] {0, 0, 3, 4}, 2, 2).withGradient();
    Tensor norm = x.norm(1);
    assertThat(norm).isEqualTo(Tensor.of(0f, 5f));
    assertThat(norm.sum().backward().of(x))
        .isEqualTo(Tensor.of(new float[] {0, 0, 0.6f, 0.8f}, 2, 2));
  }

  @Test
  void theGradientOfTheStandardDeviationIsZeroWhereItIsZero() {
    Tensor x = Tensor.of(2f, 2f, 2f).withGradient();
    assertThat(x.standardDeviation().backward().of(x)).isEqualTo(Tensor.zeros(3));
  }

  @Test
  void theGradientOfAProductIsRightWithZeros() {
    Tensor x = Tensor.of(new float[] {2, 3, 5, 2, 0, 5, 0, 3, 0}, 3, 3).withGradient();
    Tensor product = x.prod(1);
    assertThat(product).isEqualTo(Tensor.of(30f, 0f, 0f));
    assertThat(product.sum().backward().of(x))
        .isEqualTo(Tensor.of(new float[] {15, 10, 6, 0, 10, 0, 0, 0, 0}, 3, 3));
  }

  @Test
  void theProductOfNothingIsOne() {
    assertThat(Tensor.zeros(2, 0).prod(1)).isEqualTo(Tensor.ones(2));
  }

  @Test
  void roundsHalvesToEven() {
    assertThat(Tensor.of(-1.5f, -0.5f, 0.5f, 1.5f, 2.5f).round().add(0))
        .isEqualTo(Tensor.of(-2f, 0f, 0f, 2f, 2f));
  }

  @Test
  void sortsStablyWithNanLast() {
    Tensor x = Tensor.of(3, Float.NaN, 0f, -0f, Float.NEGATIVE_INFINITY, 3, Float.NaN);
    assertThat(x.argSort(0).toIntArray()).containsExactly(4, 2, 3, 0, 5, 1, 6);
    assertThat(x.argSort(0, true).toIntArray()).containsExactly(1, 6, 0, 5, 2, 3, 4);
    Tensor wide = x.to(DType.FLOAT64);
    assertThat(wide.argSort(0).toIntArray()).containsExactly(4, 2, 3, 0, 5, 1, 6);
    assertThat(wide.argSort(0, true).toIntArray()).containsExactly(1, 6, 0, 5, 2, 3, 4);
  }

  @Test
  void topKGivesTheLargestFirstAndTheirPlaces() {
    TopK top = Tensor.of(new int[] {4, 9, 7, 1, 1, 8}, 2, 3).topK(2, 1);
    assertThat(top.values()).isEqualTo(Tensor.of(new int[] {9, 7, 8, 1}, 2, 2));
    assertThat(top.indices()).isEqualTo(Tensor.of(new int[] {1, 2, 2, 0}, 2, 2));
  }

  @Test
  void chunksAreEqualButTheLast() {
    Tensor x = Tensor.arange(7);
    assertThat(x.chunk(0, 3))
        .isEqualTo(List.of(Tensor.of(0, 1, 2), Tensor.of(3, 4, 5), Tensor.of(6)));
    assertThat(x.chunk(0, 9)).hasSize(7);
    assertThat(Tensor.arange(0).chunk(0, 2)).isEqualTo(List.of(Tensor.arange(0)));
    assertThat(x.split(0, 1, 0, 6)).extracting(part -> part.size(0)).containsExactly(1, 0, 6);
  }
}
