package org.lawu.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;

class PenaltyTest {
  private final Parameter weight =
      new Parameter("weight", Tensor.of(new float[] {1, -2, 3, 0}, 2, 2));
  private final Parameter bias = new Parameter("bias", Tensor.of(10f));
  private final Parameter buffer = Parameter.buffer("mean", Tensor.ones(2, 2));

  private double of(Penalty penalty) {
    return penalty.of(List.of(weight, bias, buffer)).item();
  }

  @Test
  void addsUpWeights() {
    LossChecks.hasValue(Penalty.ofL1(0.5).of(List.of(weight, bias)), 3);
    LossChecks.hasValue(Penalty.ofL2(0.5).of(List.of(weight, bias)), 7);
    LossChecks.hasValue(new Penalty(0.5, 0.5).of(List.of(weight, weight)), 20);
    LossChecks.hasValue(Penalty.ofL2(1).of(bias.value()), 100);
    assertThat(of(Penalty.ofL2(1))).isEqualTo(14);
    assertThat(Penalty.ofL2(1).of(List.of()).item()).isZero();
  }

  @Test
  void pullsWeightsToZero() {
    var gradients = new Penalty(0.1, 0.5).of(List.of(weight, bias)).backward();
    assertThat(
            gradients
                .of(weight)
                .allClose(Tensor.of(new float[] {1.1f, -2.1f, 3.1f, 0}, 2, 2), 1e-6, 1e-6))
        .isTrue();
    assertThat(gradients.has(bias)).isFalse();
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> Penalty.ofL1(-1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("penalty: l1 must be finite and not negative, got -1.0");
    assertThatThrownBy(() -> Penalty.ofL2(Double.NaN))
        .hasMessage("penalty: l2 must be finite and not negative, got NaN");
  }
}
