package org.lawu.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.nn.Layer;
import org.lawu.nn.layer.LayerContract;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class LeNetTest implements LayerContract {

  @Override
  public Layer create() {
    return new LeNet(1, 10);
  }

  @Override
  public Tensor input() {
    return Tensor.normal(new Philox(1), 0, 1, 3, 1, 28, 28);
  }

  @Override
  public Shape outputShape() {
    return Shape.of(3, 10);
  }

  @Override
  public List<String> stateNames() {
    return List.of(
        "conv1.weight",
        "conv1.bias",
        "conv2.weight",
        "conv2.bias",
        "fc1.weight",
        "fc1.bias",
        "fc2.weight",
        "fc2.bias",
        "fc3.weight",
        "fc3.bias");
  }

  @Override
  public Tensor wrongInput() {
    return Tensor.zeros(3, 1, 28, 32);
  }

  @Override
  public String wrongMessage() {
    return "leNet: input must be [batch, 1, 28, 28] or [batch, 1, 32, 32], got [3, 1, 28, 32]";
  }

  @Override
  public float stepSize() {
    return 1e-5f;
  }

  @Test
  void takesSmallImagesAsLargeOnesWithAFrameOfZeros() {
    var model = new LeNet(1, 10).initialize(new Philox(1));
    assertThat(model.parameterCount()).isEqualTo(61_706);
    int[] frame = {0, 0, 2, 2};
    assertThat(model.predict(input().pad(frame, frame, 0))).isEqualTo(model.predict(input()));
    assertThat(new LeNet(3, 7).predict(Tensor.zeros(2, 3, 32, 32)).shape())
        .isEqualTo(Shape.of(2, 7));
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> new LeNet(1, 0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("leNet: classes must be at least 1, got 0");
    assertThatThrownBy(() -> create().predict(Tensor.zeros(3, 3, 28, 28)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "leNet: input must be [batch, 1, 28, 28] or [batch, 1, 32, 32], got [3, 3, 28, 28]");
  }
}
