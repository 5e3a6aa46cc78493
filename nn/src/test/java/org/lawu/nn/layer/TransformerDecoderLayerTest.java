package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

class TransformerDecoderLayerTest {
  private static final Pass PASS = Pass.inference();
  private static final Tensor TARGET = Tensor.normal(new Philox(1), 0, 1, 3, 5, 4);
  private static final Tensor MEMORY = Tensor.normal(new Philox(2), 0, 1, 3, 6, 4);

  private static TransformerDecoderLayer layer(TransformerOptions options) {
    return new TransformerDecoderLayer(4, 2, 6, options).initialize(new Philox(3));
  }

  @Test
  void causalTargetsDoNotSeeTheFuture() {
    for (var options :
        new TransformerOptions[] {
          TransformerOptions.standard(), TransformerOptions.standard().normFirst().gelu()
        }) {
      var layer = layer(options);
      var causal = AttentionMask.causal();
      var none = AttentionMask.none();
      Tensor whole = layer.forward(TARGET, MEMORY, causal, none, PASS);
      assertThat(whole.shape()).isEqualTo(TARGET.shape());
      Tensor beginning = layer.forward(TARGET.slice(1, 0, 2), MEMORY, causal, none, PASS);
      assertThat(whole.slice(1, 0, 2).allClose(beginning, 1e-5, 1e-5)).isTrue();
      assertThat(layer.forward(TARGET, MEMORY, PASS)).isNotEqualTo(whole);
    }
  }

  @Test
  void aMaskHidesMemory() {
    var layer = layer(TransformerOptions.standard());
    var mask = AttentionMask.padding(Tensor.arange(6).less(4).expand(3, 6));
    Tensor masked = layer.forward(TARGET, MEMORY, AttentionMask.none(), mask, PASS);
    Tensor cut = layer.forward(TARGET, MEMORY.slice(1, 0, 4), PASS);
    assertThat(masked.allClose(cut, 1e-5, 1e-5)).isTrue();
  }

  @Test
  void dropsWhileTrainingOnly() {
    var layer = layer(TransformerOptions.standard());
    assertThat(layer.forward(TARGET, MEMORY, Pass.training(new Philox(1))))
        .isEqualTo(layer.forward(TARGET, MEMORY, Pass.training(new Philox(1))))
        .isNotEqualTo(layer.forward(TARGET, MEMORY, PASS));
  }

  @Test
  void stacksUnderPyTorchsNames() {
    var decoder =
        new TransformerDecoder(2, () -> new TransformerDecoderLayer(4, 2, 6), new LayerNorm(4));
    assertThat(decoder.namedParameters().keySet())
        .hasSize(38)
        .contains("layers.0.multihead_attn.in_proj_weight", "layers.1.norm3.bias", "norm.bias");
    assertThat(decoder.forward(TARGET, MEMORY, PASS).shape()).isEqualTo(TARGET.shape());
    assertThatThrownBy(() -> decoder.forward(TARGET, Tensor.zeros(3, 6, 5), PASS))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "at layers.0: transformerDecoderLayer: memory must be [batch, time, 4], got"
                + " [3, 6, 5]");
  }

  @Test
  void refusesWhatDoesNotFit() {
    var layer = layer(TransformerOptions.standard());
    assertThatThrownBy(() -> layer.forward(TARGET, MEMORY.slice(0, 0, 2), PASS))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "transformerDecoderLayer: target and memory must have one batch size, got [3, 5, 4]"
                + " and [2, 6, 4]");
    assertThatThrownBy(() -> layer.predict(TARGET))
        .isInstanceOf(ArgumentException.class)
        .hasMessageStartingWith("forward: TransformerDecoderLayer(4, heads 2, hidden 6");
  }
}
