package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.nn.Layer;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class SwiGluTest implements LayerContract {

  @Override
  public Layer create() {
    return new SwiGlu(4, 6);
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
    return List.of("w1.weight", "w2.weight", "w3.weight");
  }

  @Override
  public Tensor wrongInput() {
    return Tensor.zeros(3, 7);
  }

  @Override
  public String wrongMessage() {
    return "swiGlu: input must be [..., 4], got [3, 7]";
  }

  /** For one number and weights 2, 3 and 5: {@code 3 (silu(2 x) 5 x)}. */
  @Test
  void gatesOneMapByAnother() {
    var layer = new SwiGlu(1, 1);
    layer.namedParameters().get("w1.weight").set(Tensor.of(new float[] {2}, 1, 1));
    layer.namedParameters().get("w2.weight").set(Tensor.of(new float[] {3}, 1, 1));
    layer.namedParameters().get("w3.weight").set(Tensor.of(new float[] {5}, 1, 1));
    double x = 0.7;
    double expected = 3 * (2 * x / (1 + Math.exp(-2 * x)) * 5 * x);
    Tensor y = layer.predict(Tensor.of(new float[] {(float) x}, 1, 1));
    assertThat(y.allClose(Tensor.of(new float[] {(float) expected}, 1, 1), 1e-5, 0)).isTrue();
  }

  @Test
  void refusesBadSettings() {
    assertThatThrownBy(() -> new SwiGlu(4, 0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("swiGlu: hidden must be at least 1, got 0");
    assertThat(new SwiGlu(4, 6).toString()).startsWith("SwiGlu(4, hidden 6)");
  }
}
