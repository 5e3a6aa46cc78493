package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class TransformerEncoderLayerTest implements LayerContract {

  @Override
  public Layer create() {
    return new TransformerEncoderLayer(4, 2, 6);
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
    return List.of(
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
        "norm2.bias");
  }

  @Override
  public Tensor wrongInput() {
    return Tensor.zeros(3, 5, 7);
  }

  @Override
  public String wrongMessage() {
    return "transformerEncoderLayer: input must be [batch, time, 4], got [3, 5, 7]";
  }

  @Test
  void stacksUnderPyTorchsNames() {
    var options = TransformerOptions.standard().gelu().normFirst().dropout(0);
    var encoder =
        new TransformerEncoder(
            2, () -> new TransformerEncoderLayer(4, 2, 6, options), new LayerNorm(4));
    encoder.initialize(new Philox(3));
    assertThat(encoder.namedParameters().keySet())
        .hasSize(26)
        .contains("layers.0.self_attn.in_proj_weight", "layers.1.norm2.bias", "norm.weight");
    Tensor plain = encoder.predict(input());
    assertThat(encoder.forward(input(), AttentionMask.none(), Pass.inference())).isEqualTo(plain);
    Tensor causal = encoder.forward(input(), AttentionMask.causal(), Pass.inference());
    assertThat(causal).isNotEqualTo(plain);
    Tensor beginning =
        encoder.forward(input().slice(1, 0, 2), AttentionMask.causal(), Pass.inference());
    assertThat(causal.slice(1, 0, 2).allClose(beginning, 1e-5, 1e-5)).isTrue();
    assertThatThrownBy(() -> encoder.predict(wrongInput()))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("at layers.0: " + wrongMessage());
    assertThat(encoder.summary(5, 4)).contains("layers.1.self_attn");
  }

  @Test
  void refusesBadSettings() {
    assertThatThrownBy(() -> new TransformerEncoderLayer(4, 2, 0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("transformerEncoderLayer: hidden must be at least 1, got 0");
    assertThatThrownBy(() -> TransformerOptions.standard().dropout(1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("transformer: the dropout must be at least 0 and below 1, got 1.0");
    assertThatThrownBy(() -> new TransformerEncoder(0, () -> new TransformerEncoderLayer(4, 2, 6)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("transformerEncoder: count must be at least 1, got 0");
  }
}
