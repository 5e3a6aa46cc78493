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

class LayerNormTest implements LayerContract {

  @Override
  public Layer create() {
    return new LayerNorm(5, 4);
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
    return List.of("weight", "bias");
  }

  @Override
  public Tensor wrongInput() {
    return Tensor.zeros(3, 5, 7);
  }

  @Override
  public String wrongMessage() {
    return "layerNorm: the last axes must be [5, 4], input is [3, 5, 7]";
  }

  @Test
  void normalizesEachExample() {
    Tensor y = new LayerNorm(0.0, 2).predict(Tensor.of(new float[] {1, 3, 10, 30}, 2, 2));
    assertThat(y).isEqualTo(Tensor.of(new float[] {-1, 1, -1, 1}, 2, 2));
    assertThat(new LayerNorm(2)).hasToString("LayerNorm(2)");
  }

  @Test
  void refusesBadSettings() {
    assertThatThrownBy(() -> new LayerNorm(4, 0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("layerNorm: each size must be at least 1, got 0");
    assertThatThrownBy(LayerNorm::new)
        .isInstanceOf(ArgumentException.class)
        .hasMessage("layerNorm: needs at least one size; give that of the last axis");
    assertThatThrownBy(() -> new LayerNorm(-1.0, 4))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("layerNorm: epsilon must be at least 0 and finite, got -1.0");
  }
}
