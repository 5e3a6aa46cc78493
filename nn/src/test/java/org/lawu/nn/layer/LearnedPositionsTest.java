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

class LearnedPositionsTest implements LayerContract {

  @Override
  public Layer create() {
    return new LearnedPositions(9, 4);
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
    return List.of("weight");
  }

  @Override
  public Tensor wrongInput() {
    return Tensor.zeros(3, 10, 4);
  }

  @Override
  public String wrongMessage() {
    return "learnedPositions: input must be [batch, time, 4] with at most 9 time steps, got [3, 10, 4]";
  }

  @Test
  void addsAVectorForEachPosition() {
    var positions = new LearnedPositions(9, 4);
    Tensor weight = positions.namedParameters().get("weight").value();
    Tensor y = positions.predict(Tensor.zeros(3, 5, 4));
    assertThat(y.select(0, 2)).isEqualTo(weight.slice(0, 0, 5));
    assertThatThrownBy(() -> new LearnedPositions(0, 4))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("learnedPositions: length must be at least 1, got 0");
  }
}
