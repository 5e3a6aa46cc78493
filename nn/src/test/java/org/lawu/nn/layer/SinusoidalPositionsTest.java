package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.nn.Layer;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class SinusoidalPositionsTest implements LayerContract {

  @Override
  public Layer create() {
    return new SinusoidalPositions(9, 4);
  }

  @Override
  public Tensor input() {
    return Tensor.normal(new Philox(1), 0, 1, 3, 5, 4);
  }

  @Override
  public Shape outputShape() {
    return Shape.of(3, 5, 4);
  }

  @Override
  public List<String> stateNames() {
    return List.of();
  }

  @Override
  public Tensor wrongInput() {
    return Tensor.zeros(3, 5, 6);
  }

  @Override
  public String wrongMessage() {
    return "sinusoidalPositions: input must be [batch, time, 4] with at most 9 time steps, got [3, 5, 6]";
  }

  @Test
  void addsWaves() {
    Tensor y = new SinusoidalPositions(9, 4).predict(Tensor.zeros(1, 3, 4));
    double[] expected = {
      0,
      1,
      0,
      1,
      Math.sin(1),
      Math.cos(1),
      Math.sin(0.01),
      Math.cos(0.01),
      Math.sin(2),
      Math.cos(2),
      Math.sin(0.02),
      Math.cos(0.02)
    };
    assertThat(y.toDoubleArray()).containsExactly(expected, within(1e-6));
    assertThatThrownBy(() -> new SinusoidalPositions(9, 0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("sinusoidalPositions: dim must be at least 1, got 0");
  }
}
