package org.lawu.internal.array;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.tensor.Shape;

class LoopNestTest {

  @Test
  void mergesWhatIsAdjacentEverywhere() {
    Layout contiguous = Layout.contiguous(Shape.of(2, 3, 4));
    assertThat(LoopNest.of(contiguous).runs()).isEqualTo(1);
    assertThat(LoopNest.of(contiguous).runLength()).isEqualTo(24);
    Layout row = Layout.contiguous(Shape.of(4)).expand(Shape.of(2, 3, 4));
    var nest = LoopNest.of(contiguous, row);
    assertThat(nest.runs()).isEqualTo(6);
    assertThat(nest.runLength()).isEqualTo(4);
    assertThat(nest.runStride(1)).isEqualTo(1);
    Layout scalar = Layout.contiguous(Shape.SCALAR).expand(Shape.of(2, 3, 4));
    assertThat(LoopNest.of(contiguous, scalar).runs()).isEqualTo(1);
    assertThat(LoopNest.of(contiguous, scalar).runStride(1)).isZero();
  }

  @Test
  void visitsEveryElementOnceFromAnyStart() {
    Layout transposed = Layout.contiguous(Shape.of(3, 2, 5)).permute(new int[] {2, 0, 1});
    var nest = LoopNest.of(transposed);
    List<Integer> whole = places(nest, 0, nest.runs());
    assertThat(whole).hasSize(30).doesNotHaveDuplicates().contains(0, 29);
    List<Integer> parts = new ArrayList<>(places(nest, 0, 2));
    parts.addAll(places(nest, 2, nest.runs()));
    assertThat(parts).isEqualTo(whole);
  }

  private static List<Integer> places(LoopNest nest, int from, int to) {
    List<Integer> places = new ArrayList<>();
    nest.forEachRun(
        from,
        to,
        (run, at) -> {
          for (int i = 0; i < nest.runLength(); i++) {
            places.add(at[0] + i * nest.runStride(0));
          }
        });
    return places;
  }

  @Test
  void axesOfSizeOneVanish() {
    Layout layout = Layout.contiguous(Shape.of(1, 4, 1, 2, 1));
    assertThat(LoopNest.of(layout).runLength()).isEqualTo(8);
    assertThat(LoopNest.of(Layout.contiguous(Shape.of(1, 1))).runLength()).isEqualTo(1);
  }
}
