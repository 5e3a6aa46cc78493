package org.lawu.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.nn.Layer;
import org.lawu.nn.layer.LayerContract;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class LstmClassifierTest implements LayerContract {

  @Override
  public Layer create() {
    return new LstmClassifier(9, 4, 5, 3);
  }

  @Override
  public Tensor input() {
    return Tensor.of(new int[] {1, 2, 3, 4, 5, 6, 0, 0, 7, 0, 0, 0}, 3, 4);
  }

  @Override
  public Shape outputShape() {
    return Shape.of(3, 3);
  }

  @Override
  public List<String> stateNames() {
    return List.of(
        "embedding.weight",
        "lstm.weight_ih_l0",
        "lstm.weight_hh_l0",
        "lstm.bias_ih_l0",
        "lstm.bias_hh_l0",
        "fc.weight",
        "fc.bias");
  }

  @Override
  public Tensor wrongInput() {
    return Tensor.of(1, 2, 3);
  }

  @Override
  public String wrongMessage() {
    return "lstmClassifier: tokens must be [batch, time], got [3]";
  }

  @Test
  void paddingChangesNothing() {
    var model = new LstmClassifier(9, 4, 5, 3, 2, 0.2).initialize(new Philox(1));
    Tensor scores = model.predict(input());
    for (int i = 0; i < 3; i++) {
      Tensor alone = input().slice(0, i, i + 1).slice(1, 0, new int[] {4, 2, 1}[i]);
      assertThat(model.predict(alone).allClose(scores.slice(0, i, i + 1), 1e-5, 1e-6)).isTrue();
    }
    // A token 0 within a text is read as any other.
    Tensor gap = Tensor.of(new int[] {1, 0, 3, 0}, 1, 4);
    assertThat(model.predict(gap)).isNotEqualTo(model.predict(Tensor.of(new int[] {1, 3}, 1, 2)));
    assertThat(model.predict(Tensor.of(new int[] {0, 0}, 1, 2)))
        .isEqualTo(model.predict(Tensor.of(new int[] {0}, 1, 1)));
  }

  @Test
  void refusesBadSettings() {
    assertThatThrownBy(() -> new LstmClassifier(0, 4, 5, 3))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("lstmClassifier: vocabulary must be at least 1, got 0");
    assertThatThrownBy(() -> new LstmClassifier(9, 4, 5, 0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("lstmClassifier: classes must be at least 1, got 0");
    assertThatThrownBy(() -> create().predict(Tensor.zeros(3, 4)))
        .hasMessage(
            "lstmClassifier: tokens must be INT32, got FLOAT32 [3, 4]; convert with"
                + " .to(DType.INT32)");
  }
}
