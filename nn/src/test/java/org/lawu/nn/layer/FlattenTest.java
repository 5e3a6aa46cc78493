package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.nn.Layer;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class FlattenTest implements LayerContract {

  @Override
  public Layer create() {
    return new Flatten();
  }

  @Override
  public Tensor input() {
    return Tensor.normal(new Philox(1), 0, 1, 2, 3, 4);
  }

  @Override
  public Shape outputShape() {
    return Shape.of(2, 12);
  }

  @Override
  public List<String> stateNames() {
    return List.of();
  }

  @Override
  public Tensor wrongInput() {
    return Tensor.zeros(4);
  }

  @Override
  public String wrongMessage() {
    return "flatten: axis 1 is out of range for shape [4]";
  }

  @Test
  void keepsTheBatchAndTheType() {
    Tensor tokens = Tensor.arange(12).reshape(2, 3, 2);
    assertThat(new Flatten().predict(tokens)).isEqualTo(Tensor.arange(12).reshape(2, 6));
  }
}
