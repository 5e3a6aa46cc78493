package org.lawu.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.IndexException;
import org.lawu.error.ShapeException;
import org.lawu.nn.Pass;
import org.lawu.nn.layer.LayerContract;
import org.lawu.nn.layer.RotaryPositions;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class GptTest implements LayerContract {
  private static final Pass PASS = Pass.inference();
  private static final GptOptions GPT2 = GptOptions.gpt2(11, 12, 8, 2, 2);
  private static final GptOptions LLAMA =
      GptOptions.llama(11, 12, 8, 4, 2, 10).keyValueHeads(2).untied();

  @Override
  public Gpt create() {
    return new Gpt(GPT2.dropout(0.1));
  }

  @Override
  public Tensor input() {
    return Tensor.of(new int[] {1, 5, 3, 10, 0, 7, 7, 2}, 2, 4);
  }

  @Override
  public Shape outputShape() {
    return Shape.of(2, 4, 11);
  }

  @Override
  public List<String> stateNames() {
    List<String> names = new ArrayList<>(List.of("wte.weight", "wpe.weight"));
    for (int i = 0; i < 2; i++) {
      for (String name :
          List.of(
              "ln_1.weight",
              "ln_1.bias",
              "attn.in_proj_weight",
              "attn.in_proj_bias",
              "attn.out_proj.weight",
              "attn.out_proj.bias",
              "ln_2.weight",
              "ln_2.bias",
              "mlp.c_fc.weight",
              "mlp.c_fc.bias",
              "mlp.c_proj.weight",
              "mlp.c_proj.bias")) {
        names.add("h." + i + "." + name);
      }
    }
    names.addAll(List.of("ln_f.weight", "ln_f.bias"));
    return names;
  }

  @Override
  public Tensor wrongInput() {
    return Tensor.zeros(Shape.of(2, 13), DType.INT32);
  }

  @Override
  public String wrongMessage() {
    return "gpt: tokens must be [batch, time] with at most 12 time steps, got [2, 13]";
  }

  @Override
  public float stepSize() {
    return 1e-5f;
  }

  /** A model whose weights are large enough that its texts do not repeat one token. */
  private static Gpt lively(GptOptions options) {
    Gpt gpt = new Gpt(options).initialize(new Philox(5));
    for (Parameter parameter : gpt.parameters()) {
      if (parameter.shape().rank() == 2) {
        parameter.set(Tensor.normal(new Philox(9), 0, 1, parameter.shape().toArray()));
      }
    }
    return gpt;
  }

  private static List<Gpt> models() {
    return List.of(
        lively(GPT2),
        lively(GPT2.rotary(RotaryPositions.halves()).hidden(6).keyValueHeads(1)),
        lively(LLAMA));
  }

  @Test
  void readsOnFromAState() {
    for (Gpt gpt : models()) {
      Tensor whole = gpt.predict(input());
      var first = gpt.run(input().slice(1, 0, 2), Gpt.State.empty(), PASS);
      var second = gpt.run(input().slice(1, 2, 3), first.state(), PASS);
      var third = gpt.run(input().slice(1, 3, 4), second.state(), PASS);
      Tensor parts = Tensor.concat(1, first.scores(), second.scores(), third.scores());
      assertThat(parts.allClose(whole, 1e-4, 1e-4)).isTrue();
      assertThat(third.state().length()).isEqualTo(4);
    }
  }

  @Test
  void aTokenKnowsNothingOfThoseAfterIt() {
    for (Gpt gpt : models()) {
      Tensor other = Tensor.of(new int[] {1, 5, 3, 4, 0, 7, 7, 9}, 2, 4);
      Tensor before = gpt.predict(input()).slice(1, 0, 3);
      assertThat(gpt.predict(other).slice(1, 0, 3).allClose(before, 1e-5, 1e-5)).isTrue();
      assertThat(gpt.predict(other)).isNotEqualTo(gpt.predict(input()));
    }
  }

  /** As the model would without a cache, which reads everything anew for each token. */
  @Test
  void generatesWhatItWouldWithoutACache() {
    for (Gpt gpt : models()) {
      for (Sampling sampling :
          List.of(
              Sampling.greedy(),
              Sampling.seeded(3),
              Sampling.seeded(4).temperature(0.7).topK(5).topP(0.9))) {
        int[] prompt = {1, 5, 3};
        int[] text = prompt;
        Philox random = sampling.random();
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
          Tensor scores = gpt.predict(Tensor.of(text, 1, text.length));
          int token = sampling.choose(scores.select(1, text.length - 1).reshape(-1), random);
          expected.add(token);
          text = IntStream.concat(IntStream.of(text), IntStream.of(token)).toArray();
        }
        assertThat(gpt.generate(prompt, 10, sampling))
            .containsExactly(expected.stream().mapToInt(i -> i).toArray());
        boolean isGreedy = sampling.temperature() == 0;
        assertThat(expected.stream().distinct().count()).isGreaterThan(isGreedy ? 0 : 2);
      }
    }
  }

  @Test
  void stopsWhenToldTo() {
    Gpt gpt = lively(GPT2);
    int[] all = gpt.generate(new int[] {1}, 12, Sampling.seeded(1));
    assertThat(all).hasSize(12);
    List<Integer> heard = new ArrayList<>();
    int[] some =
        gpt.generate(
            new int[] {1},
            12,
            Sampling.seeded(1),
            token -> {
              heard.add(token);
              return heard.size() < 4;
            });
    assertThat(some).hasSize(4).isEqualTo(Arrays.copyOf(all, 4));
    assertThat(heard.stream().mapToInt(i -> i).toArray()).isEqualTo(some);
    assertThat(gpt.generate(new int[] {1}, 0, Sampling.greedy())).isEmpty();
  }

  @Test
  void learnsATextByHeart() {
    Gpt gpt = new Gpt(LLAMA).initialize(new Philox(1));
    Tensor text = Tensor.of(new int[] {1, 4, 2, 8, 5, 7, 1, 4, 2, 8}, 1, 10);
    Tensor next = text.slice(1, 1, 10).reshape(-1);
    for (int step = 0; step < 300; step++) {
      Tensor scores = gpt.forward(text.slice(1, 0, 9), Pass.training(new Philox(step)));
      var gradients = scores.reshape(-1, 11).crossEntropy(next).mean().backward();
      for (Parameter parameter : gpt.parameters()) {
        parameter.update(
            gradients.of(parameter),
            (value, gradient, from, to) -> {
              for (int i = from; i < to; i++) {
                value[i] -= 0.1f * gradient[i];
              }
            });
      }
    }
    assertThat(gpt.generate(new int[] {1}, 9, Sampling.greedy()))
        .containsExactly(4, 2, 8, 5, 7, 1, 4, 2, 8);
  }

  @Test
  void hasTheNamesAndNumberOfParametersOfItsFamily() {
    Gpt llama = new Gpt(LLAMA);
    assertThat(llama.namedParameters().keySet())
        .contains("h.1.mlp.w3.weight", "h.0.ln_1.weight", "lm_head.weight")
        .doesNotContain("wpe.weight", "h.0.attn.in_proj_bias", "h.0.ln_1.bias", "ln_f.bias");
    assertThat(llama.namedParameters().get("h.0.attn.in_proj_weight").shape())
        .isEqualTo(Shape.of(16, 8));
    // 124,439,808 for the 12 blocks of GPT-2; the sum for one, with small embeddings.
    int block = 4 * 768 * 768 + 4 * 768 + 2 * 4 * 768 * 768 + 5 * 768 + 4 * 768;
    assertThat(new Gpt(GptOptions.gpt2(100, 10, 768, 12, 1)).parameterCount())
        .isEqualTo(block + 110 * 768 + 2 * 768);
    assertThat(12L * block + (50_257 + 1024) * 768 + 2 * 768).isEqualTo(124_439_808);
  }

  @Test
  void refusesWhatDoesNotFit() {
    Gpt gpt = new Gpt(GPT2);
    assertThatThrownBy(() -> gpt.generate(new int[0], 3, Sampling.greedy()))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("generate: the prompt is empty; begin with the token that starts a text");
    assertThatThrownBy(() -> gpt.generate(new int[] {1}, -1, Sampling.greedy()))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("generate: maxTokens must not be negative, got -1");
    assertThatThrownBy(() -> gpt.generate(new int[] {1, 2}, 12, Sampling.greedy()))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "generate: a prompt of 2 tokens and 12 more do not fit in the context of 12; ask for at"
                + " most 11");
    assertThatThrownBy(() -> gpt.generate(new int[] {11}, 1, Sampling.greedy()))
        .isInstanceOf(IndexException.class)
        .hasMessageStartingWith("at wte: ");
    var state = gpt.run(input(), Gpt.State.empty(), PASS).state();
    Tensor nine = Tensor.zeros(Shape.of(2, 9), DType.INT32);
    assertThatThrownBy(() -> gpt.run(nine, state, PASS))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "gpt: tokens must be [batch, time] with at most 12 time steps, got [2, 9] after 4");
    Gpt deeper = new Gpt(GptOptions.gpt2(11, 12, 8, 2, 3));
    assertThatThrownBy(() -> deeper.run(input(), state, PASS))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("gpt: the state is of a model with 2 layers, this one has 3");
    assertThatThrownBy(() -> gpt.run(input().slice(0, 0, 1), state, PASS))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("at h.0.attn: keyValueCache: cannot append");
    assertThatThrownBy(() -> gpt.predict(Tensor.zeros(2, 4)))
        .isInstanceOf(DTypeException.class)
        .hasMessage("gpt: tokens must be INT32, got FLOAT32 [2, 4]; convert with .to(DType.INT32)");
    assertThatThrownBy(() -> gpt.predict(Tensor.arange(4)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("gpt: tokens must be [batch, time], got [4]");
    assertThatThrownBy(() -> GptOptions.gpt2(11, 12, 9, 2, 2))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("gpt: dim 9 must be a multiple of heads 2");
    assertThatThrownBy(() -> LLAMA.keyValueHeads(3))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("gpt: heads 4 must be a multiple of keyValueHeads 3");
    assertThatThrownBy(() -> GPT2.dropout(1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("gpt: the dropout must be at least 0 and below 1, got 1.0");
    assertThatThrownBy(() -> GptOptions.gpt2(0, 12, 8, 2, 2))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("gpt: vocabulary must be at least 1, got 0");
  }
}
