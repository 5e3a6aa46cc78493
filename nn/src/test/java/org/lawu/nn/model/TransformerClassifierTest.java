package org.lawu.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.layer.LayerContract;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class TransformerClassifierTest implements LayerContract {

  @Override
  public Layer create() {
    return new TransformerClassifier(9, 6, 4, 2, 2, 3);
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
    List<String> names = new ArrayList<>(List.of("embedding.weight", "positions.weight"));
    for (int i = 0; i < 2; i++) {
      for (String name :
          List.of(
              "self_attn.in_proj_weight",
              "self_attn.in_proj_bias",
              "self_attn.out_proj.weight",
              "self_attn.out_proj.bias",
              "linear1.weight",
              "linear1.bias",
              "linear2.weight",
              "linear2.bias",
              "norm1.weight",
              "norm1.bias",
              "norm2.weight",
              "norm2.bias")) {
        names.add("encoder.layers." + i + "." + name);
      }
    }
    names.addAll(List.of("encoder.norm.weight", "encoder.norm.bias", "fc.weight", "fc.bias"));
    return names;
  }

  @Override
  public Tensor wrongInput() {
    return Tensor.arange(14).reshape(2, 7);
  }

  @Override
  public String wrongMessage() {
    return "transformerClassifier: tokens must be [batch, time] with at most 6 time steps, got [2, 7]";
  }

  @Override
  public float stepSize() {
    return 1e-3f;
  }

  @Test
  void paddingChangesNothing() {
    var model = new TransformerClassifier(9, 6, 4, 2, 2, 3).initialize(new Philox(1));
    Tensor scores = model.predict(input());
    for (int i = 0; i < 3; i++) {
      Tensor alone = input().slice(0, i, i + 1).slice(1, 0, new int[] {4, 2, 1}[i]);
      assertThat(model.predict(alone).allClose(scores.slice(0, i, i + 1), 1e-5, 1e-5)).isTrue();
    }
    // Of a text of padding alone, nothing is left but the bias.
    Tensor bias = model.namedParameters().get("fc.bias").value();
    assertThat(model.predict(Tensor.of(new int[] {0, 0}, 1, 2)).select(0, 0)).isEqualTo(bias);
  }

  @Test
  void knowsTheOrderOfTokens() {
    var model = new TransformerClassifier(9, 6, 4, 2, 2, 3, 0).initialize(new Philox(1));
    Tensor one = Tensor.of(new int[] {1, 2, 3}, 1, 3);
    Tensor other = Tensor.of(new int[] {3, 2, 1}, 1, 3);
    assertThat(model.predict(one).allClose(model.predict(other), 1e-4, 1e-4)).isFalse();
    // Without dropout, training computes what inference does.
    assertThat(
            model
                .forward(one, Pass.training(new Philox(1)))
                .allClose(model.predict(one), 1e-5, 1e-5))
        .isTrue();
  }

  @Test
  void refusesBadSettings() {
    assertThatThrownBy(() -> new TransformerClassifier(9, 0, 4, 2, 2, 3))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("transformerClassifier: length must be at least 1, got 0");
    assertThatThrownBy(() -> new TransformerClassifier(9, 6, 4, 2, 2, 0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("transformerClassifier: classes must be at least 1, got 0");
    assertThatThrownBy(() -> create().predict(Tensor.of(1, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("transformerClassifier: tokens must be [batch, time], got [2]");
  }
}
