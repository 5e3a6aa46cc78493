package org.lawu.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lawu.error.AnomalyException;

class AnomalyTest {
  private static final Tensor X = Tensor.of(1f, 0f, -1f).withGradient();

  @Test
  void namesTheOperationOfTheForwardPass() {
    assertThatThrownBy(() -> Autograd.detectAnomaly(() -> X.add(1).sqrt().div(X.sub(X)).exp()))
        .isInstanceOf(AnomalyException.class)
        .hasMessage("anomaly: NaN first appeared in the output of div [3]");
    assertThatThrownBy(() -> Autograd.detectAnomaly(() -> X.square().log().sum()))
        .isInstanceOf(AnomalyException.class)
        .hasMessage("anomaly: infinity first appeared in the output of log [3]");
    assertThatThrownBy(() -> Autograd.detectAnomaly(() -> X.to(DType.FLOAT64).sqrt()))
        .hasMessage("anomaly: NaN first appeared in the output of sqrt [3]");
  }

  @Test
  void saysWhereAnInfinityBecomesNaN() {
    Tensor infinite = Tensor.of(1f, Float.POSITIVE_INFINITY, 1f);
    assertThatThrownBy(() -> Autograd.detectAnomaly(() -> X.mul(infinite)))
        .hasMessage("anomaly: NaN first appeared in the output of mul [3]; input 1 has infinity");
  }

  @Test
  void anInfinityMayBeHandedOnAndANaNMayNot() {
    Tensor mask = Tensor.of(0f, Float.NEGATIVE_INFINITY, 0f);
    Tensor masked = Autograd.detectAnomaly(() -> X.add(mask).softmax(0));
    assertThat(masked.get(1)).isEqualTo(0);
    Tensor broken = Tensor.of(0f, Float.NaN, 0f);
    assertThatThrownBy(() -> Autograd.detectAnomaly(() -> X.add(broken)))
        .isInstanceOf(AnomalyException.class)
        .hasMessage(
            "anomaly: NaN came in with input 1 of add [3]: it is in a parameter, in the data, or"
                + " was computed unwatched");
  }

  @Test
  void namesTheOperationOfTheBackwardPass() {
    // sqrt has a finite value and an infinite slope at 0.
    assertThatThrownBy(() -> Autograd.detectAnomaly(() -> X.square().sqrt().sum().backward()))
        .isInstanceOf(AnomalyException.class)
        .hasMessage(
            "anomaly: in the gradient of sqrt: infinity first appeared in the output of div [3]");
    Tensor unwatched = X.square().sqrt().sum();
    assertThatThrownBy(() -> Autograd.detectAnomaly(unwatched::backward))
        .hasMessageStartingWith("anomaly: in the gradient of sqrt: infinity first appeared");
    assertThatThrownBy(() ->
            Autograd.detectAnomaly(
                () -> Autograd.at(() -> "encoder.0", () -> X.square().sqrt()).sum().backward()))
        .hasMessageStartingWith("at encoder.0: anomaly: in the gradient of sqrt: infinity");
  }

  private record Broken() implements CustomOperation {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      return inputs.getFirst().mul(2);
    }

    @Override
    public List<@Nullable Tensor> gradients(List<Tensor> inputs, Tensor output, Tensor gradient) {
      return List.of(Tensor.of(Float.NaN, 0f, 0f));
    }
  }

  @Test
  void watchesOperationsOfTheUser() {
    Tensor sum = Autograd.detectAnomaly(() -> Autograd.apply(new Broken(), X).sum());
    assertThatThrownBy(() -> Autograd.detectAnomaly(sum::backward))
        .hasMessage("anomaly: in the gradient of broken: NaN first appeared");
    Tensor broken = Tensor.of(Float.NaN);
    assertThatThrownBy(() -> Autograd.detectAnomaly(() -> Autograd.apply(new Broken(), broken)))
        .hasMessageStartingWith("anomaly: NaN came in with input 0 of ");
  }

  @Test
  void isOffOtherwise() {
    assertThat(Autograd.isDetectingAnomaly()).isFalse();
    assertThat(X.log().sum().item()).isNaN();
    Tensor inside =
        Autograd.detectAnomaly(() -> {
          assertThat(Autograd.isDetectingAnomaly()).isTrue();
          assertThat(Autograd.isRecording()).isTrue();
          assertThat(Autograd.noGrad(Autograd::isDetectingAnomaly)).isTrue();
          return X.square().sum();
        });
    assertThat(inside.backward().of(X)).isEqualTo(X.mul(2).detach());
    assertThat(Autograd.noGrad(() -> Autograd.detectAnomaly(Autograd::isRecording))).isFalse();
    assertThat(Autograd.at(() -> "unasked", () -> 3)).isEqualTo(3);
  }

  @Test
  void viewsAreWatchedAsTheyAre() {
    Tensor broken = Tensor.of(new float[] {1, Float.NaN, 2, 3}, 2, 2);
    Tensor column = Autograd.detectAnomaly(() -> broken.slice(0, 1, 2).transpose());
    assertThat(column.shape()).isEqualTo(Shape.of(2, 1));
  }
}
