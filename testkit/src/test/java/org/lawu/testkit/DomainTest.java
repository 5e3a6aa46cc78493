package org.lawu.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class DomainTest {
  private static final Shape SHAPE = Shape.of(40, 50);

  private static double[] draw(Domain domain, DType dtype) {
    Tensor drawn = domain.draw(SHAPE, new Philox(1));
    assertThat(drawn.shape()).isEqualTo(SHAPE);
    assertThat(drawn.dtype()).isEqualTo(dtype);
    assertThat(domain.draw(SHAPE, new Philox(1))).isEqualTo(drawn);
    return drawn.toDoubleArray();
  }

  @Test
  void realsFillTheirRange() {
    double[] drawn = draw(Domain.reals(-2, 3), DType.FLOAT32);
    assertThat(Arrays.stream(drawn).min()).hasValueCloseTo(-2.0, offset());
    assertThat(Arrays.stream(drawn).max()).hasValueCloseTo(3.0, offset());
  }

  private static Offset<Double> offset() {
    return Offset.offset(0.05);
  }

  @Test
  void realsStayAwayFromAPoint() {
    double[] drawn = draw(Domain.realsAwayFrom(-0.1, 0.1, 0.02), DType.FLOAT32);
    assertThat(Arrays.stream(drawn)).allMatch(x -> Math.abs(x - 0.02) > 0.0099);
  }

  @Test
  void distinctRealsDiffer() {
    double[] drawn = draw(Domain.distinctReals(-3, 3), DType.FLOAT32);
    assertThat(Arrays.stream(drawn).distinct().count()).isEqualTo(SHAPE.elements());
    assertThat(Arrays.stream(drawn)).allMatch(x -> x >= -3 && x < 3);
    assertThat(drawn).isNotEqualTo(sorted(drawn));
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  @Test
  void integersAndTruthsTakeEveryValue() {
    assertThat(Arrays.stream(draw(Domain.integers(-1, 2), DType.INT32)).distinct())
        .containsExactlyInAnyOrder(-1d, 0d, 1d);
    assertThat(Arrays.stream(draw(Domain.truths(), DType.BOOL)).distinct())
        .containsExactlyInAnyOrder(0d, 1d);
  }
}
