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
import org.lawu.tensor.Parameter;
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
  void goesOnStepByStepFromACache() {
    var plain = AttentionOptions.standard();
    for (AttentionOptions options :
        List.of(
            plain,
            plain.withoutBias().keyValueHeads(2).rotary(RotaryPositions.interleaved()),
            plain.keyValueHeads(1).rotary(RotaryPositions.halves().base(500)))) {
      var attention = new MultiHeadAttention(8, 4, options).initialize(new Philox(3));
      Tensor x = Tensor.normal(new Philox(1), 0, 1, 3, 6, 8);
      Tensor whole = attention.forward(x, AttentionMask.causal(), PASS);
      var beginning = step(attention, x, 0, 3, KeyValueCache.empty());
      assertThat(whole.slice(1, 0, 3).allClose(beginning.output(), 1e-5, 1e-6)).isTrue();
      var cache = beginning.cache();
      for (int t = 3; t < 6; t++) {
        var result = step(attention, x, t, t + 1, cache);
        assertThat(whole.slice(1, t, t + 1).allClose(result.output(), 1e-5, 1e-6)).isTrue();
        cache = result.cache();
        assertThat(cache.length()).isEqualTo(t + 1);
      }
      // A cache is a value: the first can go on a second time, by several steps at once.
      Tensor rest = step(attention, x, 3, 6, beginning.cache()).output();
      assertThat(whole.slice(1, 3, 6).allClose(rest, 1e-5, 1e-6)).isTrue();
      assertThat(beginning.cache().length()).isEqualTo(3);
    }
  }

  private static MultiHeadAttention.Result step(
      MultiHeadAttention attention, Tensor x, int from, int to, KeyValueCache cache) {
    return attention.run(x.slice(1, from, to), cache, AttentionMask.causal(), PASS);
  }

  @Test
  void paddingMasksCoverTheCacheToo() {
    var attention = new MultiHeadAttention(4, 2).initialize(new Philox(3));
    AttentionMask mask = AttentionMask.padding(Tensor.arange(5).greater(1).expand(3, 5));
    var first = attention.run(input().slice(1, 0, 4), KeyValueCache.empty(), none(), PASS);
    Tensor last = attention.run(input().slice(1, 4, 5), first.cache(), mask, PASS).output();
    Tensor whole = attention.forward(input(), mask, PASS);
    assertThat(whole.slice(1, 4, 5).allClose(last, 1e-5, 1e-6)).isTrue();
  }

  private static AttentionMask none() {
    return AttentionMask.none();
  }

  @Test
  void headsOfKeysServeSeveralHeadsOfQueries() {
    var grouped =
        new MultiHeadAttention(8, 4, AttentionOptions.standard().keyValueHeads(2))
            .initialize(new Philox(3));
    assertThat(grouped.namedParameters().get("in_proj_weight").shape()).isEqualTo(Shape.of(16, 8));
    assertThat(grouped.namedParameters().get("in_proj_bias").shape()).isEqualTo(Shape.of(16));
    // The same with every key and value head written out twice.
    var full = new MultiHeadAttention(8, 4);
    full.namedParameters()
        .forEach((name, parameter) -> {
          Tensor value = grouped.namedParameters().get(name).value();
          parameter.set(name.startsWith("in_proj") ? repeated(value) : value);
        });
    Tensor x = Tensor.normal(new Philox(1), 0, 1, 3, 5, 8);
    Tensor memory = Tensor.normal(new Philox(2), 0, 1, 3, 6, 8);
    AttentionMask causal = AttentionMask.causal();
    assertThat(grouped.forward(x, causal, PASS).allClose(full.forward(x, causal, PASS), 1e-5, 1e-6))
        .isTrue();
    assertThat(
            grouped
                .forward(x, memory, none(), PASS)
                .allClose(full.forward(x, memory, none(), PASS), 1e-5, 1e-6))
        .isTrue();
    assertThat(
            grouped
                .forward(x, memory, memory, none(), PASS)
                .allClose(full.forward(x, memory, none(), PASS), 1e-5, 1e-6))
        .isTrue();
  }

  private static Tensor repeated(Tensor rows) {
    int[] order = {
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 8, 9, 10, 11, 10, 11, 12, 13, 12, 13, 14, 15, 14, 15
    };
    return rows.indexSelect(0, Tensor.of(order));
  }

  @Test
  void rotaryScoresDependOnDistanceAlone() {
    var attention =
        new MultiHeadAttention(
                4, 2, AttentionOptions.standard().rotary(RotaryPositions.interleaved()))
            .initialize(new Philox(3));
    Tensor whole = attention.forward(input(), AttentionMask.none(), PASS);
    // The same sequence, begun at position 7: all distances are as they were.
    Tensor nothing = Tensor.zeros(3, 2, 7, 2);
    var late = KeyValueCache.empty().append(nothing, nothing);
    AttentionMask hideThem = AttentionMask.padding(Tensor.arange(12).greaterEqual(7).expand(3, 12));
    Tensor shifted = attention.run(input(), late, hideThem, PASS).output();
    assertThat(whole.allClose(shifted, 1e-4, 1e-5)).isTrue();
    assertThat(whole)
        .isNotEqualTo(new MultiHeadAttention(4, 2).initialize(new Philox(3)).predict(input()));
  }

  @Test
  void gradientsFlowThroughACache() {
    var attention = new MultiHeadAttention(4, 2).initialize(new Philox(3));
    Parameter weight = attention.namedParameters().get("in_proj_weight");
    Tensor whole = attention.forward(input(), AttentionMask.causal(), PASS);
    var first = step(attention, input(), 0, 2, KeyValueCache.empty());
    var second = step(attention, input(), 2, 5, first.cache());
    Tensor parts = Tensor.concat(1, first.output(), second.output());
    Tensor expected = whole.square().sum().backward().of(weight);
    Tensor actual = parts.square().sum().backward().of(weight);
    assertThat(actual.allClose(expected, 1e-4, 1e-5)).isTrue();
  }

  @Test
  void refusesCachesAndOptionsThatDoNotFit() {
    var attention = new MultiHeadAttention(4, 2);
    var cache = attention.run(input(), KeyValueCache.empty(), none(), PASS).cache();
    assertThatThrownBy(() -> attention.run(Tensor.zeros(2, 1, 4), cache, none(), PASS))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "keyValueCache: cannot append [2, 2, 1, 2] to [3, 2, 5, 2]; a cache goes on with the"
                + " batch it was begun with");
    assertThatThrownBy(() -> cache.append(Tensor.zeros(3, 2, 1, 2), Tensor.zeros(3, 2, 4, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "keyValueCache: needs keys [n, heads, t, d] and values [n, heads, t, e], got"
                + " [3, 2, 1, 2] and [3, 2, 4, 2]");
    assertThatThrownBy(() -> KeyValueCache.empty().keys())
        .isInstanceOf(ShapeException.class)
        .hasMessage("keyValueCache: is empty; append keys and values first");
    var options = AttentionOptions.standard();
    assertThatThrownBy(() -> new MultiHeadAttention(12, 4, options.keyValueHeads(3)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("multiHeadAttention: heads 4 must be a multiple of key/value heads 3");
    assertThatThrownBy(() -> options.keyValueHeads(-1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("attention: the key/value heads must not be negative, got -1");
    assertThatThrownBy(() -> options.dropout(1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("attention: the dropout must be at least 0 and below 1, got 1.0");
    var rotary = options.rotary(RotaryPositions.interleaved());
    assertThatThrownBy(() -> new MultiHeadAttention(6, 2, rotary))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "multiHeadAttention: rotary positions need an even number of elements a head, got dim 6"
                + " / heads 2 = 3");
    var turning = new MultiHeadAttention(4, 2, rotary);
    assertThatThrownBy(() -> turning.forward(input(), input(), none(), PASS))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "multiHeadAttention: rotary positions are for a sequence that attends to itself; leave"
                + " them out for keys from elsewhere");
    assertThat(
            new MultiHeadAttention(
                    8, 4, options.withoutBias().keyValueHeads(2).rotary(RotaryPositions.halves()))
                .toString())
        .startsWith("MultiHeadAttention(8, heads 4, key/value heads 2, rotary, without bias)");
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
