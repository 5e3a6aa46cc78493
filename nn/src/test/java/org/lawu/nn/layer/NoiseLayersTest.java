package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class NoiseLayersTest {

  @Nested
  class GaussianNoiseContract extends LayerCase {
    GaussianNoiseContract() {
      super(
          () -> new GaussianNoise(0.5),
          Tensor.normal(new Philox(1), 0, 1, 4, 3),
          Shape.of(4, 3),
          List.of(),
          Tensor.arange(3),
          "gaussianNoise: needs FLOAT32 or FLOAT64, got INT32 [3]");
    }
  }

  @Nested
  class SpatialDropout1dContract extends LayerCase {
    SpatialDropout1dContract() {
      super(
          () -> new SpatialDropout1d(0.5),
          Tensor.normal(new Philox(1), 0, 1, 4, 3, 5),
          Shape.of(4, 3, 5),
          List.of(),
          Tensor.zeros(4, 3),
          "spatialDropout1d: the input must be [n, channels, time], got [4, 3]");
    }
  }

  @Nested
  class SpatialDropout2dContract extends LayerCase {
    SpatialDropout2dContract() {
      super(
          () -> new SpatialDropout2d(0.5),
          Tensor.normal(new Philox(1), 0, 1, 4, 3, 5, 2),
          Shape.of(4, 3, 5, 2),
          List.of(),
          Tensor.zeros(4, 3, 5),
          "spatialDropout2d: the input must be [n, channels, height, width], got [4, 3, 5]");
    }
  }

  @Test
  void noiseHasItsMoments() {
    var noise = new GaussianNoise(0.5);
    Tensor y = noise.forward(Tensor.ones(100, 1000), Pass.training(new Philox(1)));
    assertThat(y.mean().item()).isCloseTo(1, within(0.01));
    assertThat(y.standardDeviation().item()).isCloseTo(0.5, within(0.01));
    Tensor x = Tensor.ones(3).to(DType.FLOAT64);
    assertThat(noise.predict(x)).isSameAs(x);
    assertThat(noise.forward(x, Pass.training(new Philox(1))).dtype()).isEqualTo(DType.FLOAT64);
    assertThat(new GaussianNoise(0).forward(x, Pass.training(new Philox(1)))).isSameAs(x);
    assertThat(noise).hasToString("GaussianNoise(0.5)");
  }

  @Test
  void channelsAreDroppedAsAWhole() {
    Tensor x = Tensor.ones(50, 40, 3, 4);
    Tensor y = new SpatialDropout2d(0.25).forward(x, Pass.training(new Philox(1)));
    Tensor sums = y.sum(new int[] {2, 3}, false);
    for (double sum : sums.toDoubleArray()) {
      assertThat(sum == 0 || Math.abs(sum - 12 / 0.75) < 1e-4).isTrue();
    }
    assertThat(sums.equal(0).to(DType.FLOAT32).mean().item()).isCloseTo(0.25, within(0.03));
    Tensor line = Tensor.ones(20, 10, 6);
    Tensor z = new SpatialDropout1d(0.5).forward(line, Pass.training(new Philox(1)));
    assertThat(z.max(2)).isEqualTo(z.min(2));
    assertThat(z.min().item()).isEqualTo(0);
    assertThat(z.max().item()).isEqualTo(2);
    assertThat(new SpatialDropout1d(0.5).predict(line)).isSameAs(line);
    assertThat(new SpatialDropout2d(0.25)).hasToString("SpatialDropout2d(0.25)");
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> new GaussianNoise(-1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("gaussianNoise: the deviation must be finite and not negative, got -1.0");
    assertThatThrownBy(() -> new SpatialDropout1d(1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "spatialDropout1d: the rate must be at least 0 and below 1, got 1.0; it is the share"
                + " to drop");
  }
}
