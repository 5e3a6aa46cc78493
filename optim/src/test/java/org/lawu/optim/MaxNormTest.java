package org.lawu.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class MaxNormTest {

  @Test
  void scalesRowsThatAreTooLong() {
    Tensor weight = Tensor.of(new float[] {3, 4, 0.1f, 0.2f, 0, 0}, 3, 2);
    Tensor kept = new MaxNorm(2).of(weight);
    assertThat(kept.allClose(Tensor.of(new float[] {1.2f, 1.6f, 0.1f, 0.2f, 0, 0}, 3, 2), 1e-6, 0))
        .isTrue();
    assertThat(kept.slice(0, 1, 3)).isEqualTo(weight.slice(0, 1, 3));
  }

  @Test
  void aRowIsAllThatEntersAUnit() {
    Tensor kernels = Tensor.full(1, Shape.of(2, 3, 2, 2), DType.FLOAT32);
    Tensor kept = new MaxNorm(1).of(kernels);
    assertThat(kept.reshape(2, 12).norm(1).allClose(Tensor.of(1f, 1f), 1e-6, 0)).isTrue();
  }

  @Test
  void leavesBiasesAndBuffersAsTheyAre() {
    var weight = new Parameter("weight", Tensor.of(new float[] {30, 40}, 1, 2));
    var bias = new Parameter("bias", Tensor.of(30f, 40f));
    var buffer = Parameter.buffer("mean", Tensor.of(new float[] {30, 40}, 1, 2));
    new MaxNorm(5).apply(List.of(weight, bias, buffer));
    assertThat(weight.value().allClose(Tensor.of(new float[] {3, 4}, 1, 2), 1e-6, 0)).isTrue();
    assertThat(weight.value().isTracked()).isTrue();
    assertThat(bias.value()).isEqualTo(Tensor.of(30f, 40f));
    assertThat(buffer.value().get(0, 0)).isEqualTo(30);
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> new MaxNorm(0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("maxNorm: the limit must be positive and finite, got 0.0");
    assertThatThrownBy(() -> new MaxNorm(1).of(Tensor.of(1f)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("maxNorm: the weight must be [out, ...], of two axes or more, got [1]");
  }
}
