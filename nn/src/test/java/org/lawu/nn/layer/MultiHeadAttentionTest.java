package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class MultiHeadAttentionTest implements LayerContract {

  @Override
  public Layer create() {
    return new MultiHeadAttention(4, 2);
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
    return List.of("in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias");
  }

  @Override
  public Tensor wrongInput() {
    return Tensor.zeros(3, 5, 7);
  }

  @Override
  public String wrongMessage() {
    return "multiHeadAttention: input must be [batch, time, 4], got [3, 5, 7]";
  }

  private static final Pass PASS = Pass.inference();

  @Test
  void causalMasksHideTheFuture() {
    var attention = new MultiHeadAttention(4, 2).initialize(new Philox(3));
    Tensor whole = attention.forward(input(), AttentionMask.causal(), PASS);
    Tensor beginning = attention.forward(input().slice(1, 0, 2), AttentionMask.causal(), PASS);
    assertThat(whole.slice(1, 0, 2).allClose(beginning, 1e-5, 1e-6)).isTrue();
    // The last query alone, with all the keys, is at the time of the last key.
    Tensor last = attention.forward(input().slice(1, 4, 5), input(), AttentionMask.causal(), PASS);
    assertThat(whole.slice(1, 4, 5).allClose(last, 1e-5, 1e-6)).isTrue();
  }

  @Test
  void paddingMasksHideWhatFillsUp() {
    var attention = new MultiHeadAttention(4, 2).initialize(new Philox(3));
    Tensor attend = Tensor.arange(5).less(3).expand(3, 5);
    Tensor masked = attention.forward(input(), AttentionMask.padding(attend), PASS);
    Tensor cut = attention.forward(input(), input().slice(1, 0, 3), AttentionMask.none(), PASS);
    assertThat(masked.allClose(cut, 1e-5, 1e-6)).isTrue();
    Tensor bias =
        Tensor.where(
            attend.select(0, 0), Tensor.scalar(0), Tensor.scalar(Double.NEGATIVE_INFINITY));
    Tensor added = attention.forward(input(), AttentionMask.additive(bias), PASS);
    assertThat(added.allClose(cut, 1e-5, 1e-6)).isTrue();
  }

  @Test
  void whereNothingMayBeAttendedToAllCountsTheSame() {
    Tensor value = Tensor.of(new float[] {1, 2, 6}, 1, 3, 1);
    Tensor nothing = Tensor.of(new boolean[] {false, false, false}, 1, 3);
    AttentionMask mask = AttentionMask.causal().and(AttentionMask.padding(nothing));
    assertThat(Attention.scaledDotProduct(value, value, value, mask).get(0, 0, 0)).isEqualTo(3);
  }

  @Test
  void takesKeysApartFromValues() {
    var attention = new MultiHeadAttention(4, 2).initialize(new Philox(3));
    Tensor memory = Tensor.normal(new Philox(2), 0, 1, 3, 6, 4);
    Tensor once = attention.forward(input(), memory, AttentionMask.none(), PASS);
    Tensor apart = attention.forward(input(), memory, memory, AttentionMask.none(), PASS);
    assertThat(apart.allClose(once, 1e-5, 1e-6)).isTrue();
    assertThat(once.shape()).isEqualTo(Shape.of(3, 5, 4));
  }

  @Test
  void dropsWeightsWhileTrainingOnly() {
    var attention = new MultiHeadAttention(4, 2, 0.5).initialize(new Philox(3));
    assertThat(attention.forward(input(), Pass.training(new Philox(1))))
        .isNotEqualTo(attention.predict(input()));
    assertThat(attention.predict(input())).isEqualTo(attention.predict(input()));
    assertThat(attention.toString()).startsWith("MultiHeadAttention(4, heads 2, dropout 0.5)");
  }

  @Test
  void refusesWhatDoesNotFit() {
    var attention = new MultiHeadAttention(4, 2);
    AttentionMask none = AttentionMask.none();
    assertThatThrownBy(() -> new MultiHeadAttention(10, 4))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("multiHeadAttention: dim 10 must be a multiple of heads 4");
    assertThatThrownBy(() -> attention.forward(input(), Tensor.zeros(2, 6, 4), none, PASS))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "multiHeadAttention: query and memory must have one batch size, got [3, 5, 4] and"
                + " [2, 6, 4]");
    assertThatThrownBy(() -> attention.forward(input(), input(), Tensor.zeros(3, 6, 4), none, PASS))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "multiHeadAttention: there must be one value for each key, got [3, 5, 4] and"
                + " [3, 6, 4]");
    assertThatThrownBy(() -> AttentionMask.padding(Tensor.zeros(3, 5)))
        .isInstanceOf(DTypeException.class)
        .hasMessage("attention: the padding mask must be BOOL (true = attend), got FLOAT32 [3, 5]");
    assertThatThrownBy(() -> AttentionMask.padding(Tensor.of(true, false)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("attention: the padding mask must be [batch, keys], got [2]");
    var narrow = AttentionMask.padding(Tensor.zeros(3, 4).equal(0));
    assertThatThrownBy(() -> attention.forward(input(), narrow, PASS))
        .isInstanceOf(ShapeException.class)
        .hasMessage("attention: the padding mask must be [batch, keys] = [3, 5], got [3, 4]");
    var wide = AttentionMask.additive(Tensor.zeros(5, 4));
    assertThatThrownBy(() -> attention.forward(input(), wide, PASS))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "attention: the additive mask must broadcast to the scores [3, 2, 5, 5], got [5, 4]");
    assertThatThrownBy(() ->
            Attention.scaledDotProduct(
                Tensor.zeros(2, 3), Tensor.zeros(4, 3), Tensor.zeros(5, 3), none))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "attention: needs query [..., t, d], key [..., s, d] and value [..., s, e], got"
                + " [2, 3], [4, 3] and [5, 3]");
  }
}
