package org.lawu.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lawu.error.ArgumentException;
import org.lawu.error.GradientException;
import org.lawu.tensor.Gradients;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;

class ClippingTest {
  private final Parameter weight = new Parameter("weight", Tensor.zeros(1, 2));
  private final Parameter bias = new Parameter("bias", Tensor.zeros(1));

  private Gradients gradients(float first, float second, float third) {
    Tensor slopes = Tensor.of(new float[] {first, second}, 1, 2);
    return weight.value().mul(slopes).sum().add(bias.value().mul(third).sum()).backward();
  }

  @Test
  void byValue() {
    Gradients clipped = Clipping.byValue(gradients(-3, 0.5f, 2), 1);
    assertThat(clipped.of(weight)).isEqualTo(Tensor.of(new float[] {-1, 0.5f}, 1, 2));
    assertThat(clipped.of(bias)).isEqualTo(Tensor.of(1f));
  }

  @Test
  void byNormOfAllTogether() {
    Gradients gradients = gradients(2, -4, 4);
    assertThat(gradients.norm()).isEqualTo(6);
    Gradients clipped = Clipping.byNorm(gradients, 3);
    assertThat(clipped.of(weight)).isEqualTo(Tensor.of(new float[] {1, -2}, 1, 2));
    assertThat(clipped.of(bias)).isEqualTo(Tensor.of(2f));
    assertThat(clipped.parameters()).isEqualTo(gradients.parameters());
    assertThat(gradients.of(bias)).isEqualTo(Tensor.of(4f));
  }

  @Test
  void leavesShortGradients() {
    Gradients gradients = gradients(2, -4, 4);
    assertThat(Clipping.byNorm(gradients, 6)).isSameAs(gradients);
    Gradients zero = gradients(0, 0, 0);
    assertThat(Clipping.byNorm(zero, 1)).isSameAs(zero);
  }

  @Test
  void normOfVeryLargeAndVerySmallNumbers() {
    assertThat(gradients(2e30f, -4e30f, 4e30f).norm() / 1e30).isCloseTo(6, within(1e-5));
    assertThat(gradients(2e-30f, -4e-30f, 4e-30f).norm() * 1e30).isCloseTo(6, within(1e-5));
    Gradients clipped = Clipping.byNorm(gradients(3e38f, 0, 0), 1);
    assertThat(clipped.of(weight).get(0, 0)).isCloseTo(1, within(1e-6));
  }

  @Test
  void gradientsThatAreNotFiniteStay() {
    for (float fault : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      Gradients gradients = gradients(fault, 1, 1);
      assertThat(gradients.norm()).isNotFinite();
      assertThat(Clipping.byNorm(gradients, 1)).isSameAs(gradients);
    }
  }

  @Test
  void groupsOfParametersHaveOptimizersOfTheirOwn() {
    Gradients gradients = gradients(1, 1, 1);
    new Sgd(0.5).step(gradients.filter(parameter -> parameter.shape().rank() > 1));
    new Sgd(0.25).step(gradients.filter(parameter -> parameter.shape().rank() <= 1));
    assertThat(weight.value()).isEqualTo(Tensor.of(new float[] {-0.5f, -0.5f}, 1, 2));
    assertThat(bias.value()).isEqualTo(Tensor.of(-0.25f));
  }

  @Test
  void changedGradientsKeepTheirShape() {
    Gradients gradients = gradients(1, 1, 1);
    assertThatThrownBy(() -> gradients.map(Tensor::sum))
        .isInstanceOf(GradientException.class)
        .hasMessage(
            "map: a gradient must stay FLOAT32 %s, the function made it FLOAT32 []"
                .formatted(gradients.parameters().getFirst().shape()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesLimits(double limit) {
    Gradients gradients = gradients(1, 1, 1);
    assertThatThrownBy(() -> Clipping.byValue(gradients, limit))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("byValue: the limit must be positive and finite, got " + limit);
    assertThatThrownBy(() -> Clipping.byNorm(gradients, limit))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("byNorm: the maximum must be positive and finite, got " + limit);
  }
}
