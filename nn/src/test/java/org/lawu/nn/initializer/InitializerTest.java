package org.lawu.nn.initializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class InitializerTest {
  /** 300 outputs of 200 inputs. */
  private static final Shape WEIGHT = Shape.of(300, 200);

  private static Tensor draw(Initializer initializer) {
    return initializer.initialize(WEIGHT, new Philox(1));
  }

  private static void hasBound(Initializer initializer, double bound) {
    Tensor drawn = draw(initializer);
    assertThat(drawn.shape()).isEqualTo(WEIGHT);
    assertThat(drawn.max().item()).isBetween(0.999 * bound, bound);
    assertThat(drawn.min().item()).isBetween(-bound * 1.000001, -0.999 * bound);
    hasDeviation(initializer, bound / Math.sqrt(3));
  }

  private static void hasDeviation(Initializer initializer, double deviation) {
    Tensor drawn = draw(initializer);
    assertThat(Math.sqrt(drawn.variance().item())).isCloseTo(deviation, within(0.02 * deviation));
    assertThat(drawn.mean().item()).isCloseTo(0, within(0.02 * deviation));
  }

  @Test
  void xavierAveragesBothSides() {
    hasBound(new XavierUniform(), Math.sqrt(6.0 / 500));
    hasBound(new XavierUniform(Gain.TANH), 5.0 / 3 * Math.sqrt(6.0 / 500));
    hasDeviation(new XavierNormal(), Math.sqrt(2.0 / 500));
  }

  @Test
  void kaimingTakesOneSide() {
    hasBound(new KaimingUniform(), Math.sqrt(6.0 / 200));
    hasBound(new KaimingUniform(1, FanMode.FAN_OUT), Math.sqrt(3.0 / 300));
    hasBound(new KaimingUniform(Gain.leakyRelu(Math.sqrt(5))), 1 / Math.sqrt(200));
    hasDeviation(new KaimingNormal(), Math.sqrt(2.0 / 200));
    hasDeviation(new KaimingNormal(Gain.LINEAR, FanMode.FAN_OUT), 1 / Math.sqrt(300));
  }

  @Test
  void countsTheFieldOfAConvolution() {
    Tensor drawn = new KaimingUniform(1).initialize(Shape.of(8, 4, 5, 5), new Philox(1));
    assertThat(drawn.max().item()).isBetween(0.98 * Math.sqrt(0.03), Math.sqrt(0.03));
  }

  @Test
  void drawsFromPlainDistributions() {
    hasDeviation(new Normal(), 1);
    hasDeviation(new Normal(0, 0.02), 0.02);
    hasBound(new Uniform(-3, 3), 3);
    assertThat(draw(new Zeros())).isEqualTo(Tensor.zeros(300, 200));
    assertThat(draw(new Constant(2.5))).isEqualTo(Tensor.ones(300, 200).mul(2.5));
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> new Uniform(1, 1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("uniform: low must be below high and both finite, got 1.0 and 1.0");
    assertThatThrownBy(() -> new Normal(0, -1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "normal: needs a finite mean and a standard deviation of 0 or more, got 0.0 and -1.0");
    assertThatThrownBy(() -> new XavierNormal(0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("xavierNormal: the gain must be positive and finite, got 0.0");
    assertThatThrownBy(() -> new KaimingUniform(Double.NaN))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("kaimingUniform: the gain must be positive and finite, got NaN");
  }

  @Test
  void aBiasHasNoFan() {
    assertThatThrownBy(() -> new XavierUniform().initialize(Shape.of(3), new Philox(1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "xavierUniform: needs a weight of two or more axes [out, in, ...], got [3]; use Uniform"
                + " or Normal");
  }
}
