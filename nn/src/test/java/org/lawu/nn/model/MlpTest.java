package org.lawu.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.layer.LayerContract;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class MlpTest implements LayerContract {

  @Override
  public Layer create() {
    return new Mlp(4, 6, 5, 3);
  }

  @Override
  public Tensor input() {
    return Tensor.normal(new Philox(1), 0, 1, 7, 4);
  }

  @Override
  public Shape outputShape() {
    return Shape.of(7, 3);
  }

  @Override
  public List<String> stateNames() {
    return List.of("fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias", "fc3.weight", "fc3.bias");
  }

  @Override
  public Tensor wrongInput() {
    return Tensor.zeros(7, 5);
  }

  @Override
  public String wrongMessage() {
    return "mlp: input must be [..., 4], got [7, 5]";
  }

  @Override
  public float stepSize() {
    return 1e-3f;
  }

  @Test
  void putsReluBetweenLayersAndNoneAtTheEnd() {
    var model = new Mlp(1, 2, 1);
    model.namedParameters().get("fc1.weight").set(Tensor.of(new float[] {1, -1}, 2, 1));
    model.namedParameters().get("fc1.bias").set(Tensor.zeros(2));
    model.namedParameters().get("fc2.weight").set(Tensor.of(new float[] {-1, -1}, 1, 2));
    model.namedParameters().get("fc2.bias").set(Tensor.zeros(1));
    // -|x|
    Tensor x = Tensor.of(new float[] {-3, 0, 2}, 3, 1);
    assertThat(model.predict(x)).isEqualTo(Tensor.of(new float[] {-3, 0, -2}, 3, 1));
  }

  @Test
  void dropsWhileTrainingOnly() {
    var model = Mlp.withDropout(0.5, 4, 50, 3).initialize(new Philox(1));
    assertThat(model.forward(input(), Pass.training(new Philox(1))))
        .isNotEqualTo(model.predict(input()));
    assertThat(model.forward(input(), Pass.inference())).isEqualTo(model.predict(input()));
    assertThat(model.toString()).startsWith("Mlp(4, 50, 3, dropout 0.5)");
  }

  @Test
  void refusesBadSettings() {
    assertThatThrownBy(() -> new Mlp(4))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("mlp: needs the sizes of input and output, and of what is between, got [4]");
    assertThatThrownBy(() -> new Mlp(4, 0, 3))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("mlp: every size must be at least 1, got 0");
    assertThatThrownBy(() -> Mlp.withDropout(1, 4, 3))
        .isInstanceOf(ArgumentException.class)
        .hasMessageStartingWith("dropout: the rate must be at least 0 and below 1, got 1.0");
  }
}
