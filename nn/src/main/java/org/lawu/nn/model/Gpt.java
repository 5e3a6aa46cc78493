package org.lawu.nn.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Layers;
import org.lawu.nn.Pass;
import org.lawu.nn.Sequential;
import org.lawu.nn.initializer.Normal;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
import org.lawu.nn.layer.Embedding;
import org.lawu.nn.layer.KeyValueCache;
import org.lawu.random.Philox;
import org.lawu.tensor.Autograd;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Workspace;

/**
 * A decoder-only Transformer, which predicts the next token at every place of a text from those up
 * to it, and so writes: GPT-2 (Radford et al., "Language models are unsupervised multitask
 * learners", 2019) or, by its options, Llama (Touvron et al., "LLaMA: open and efficient foundation
 * language models", 2023). Norms come first in each block, and last of all.
 *
 * <pre>{@code
 * var gpt = new Gpt(GptOptions.gpt2(50_257, 1024, 768, 12, 12));
 * Tensor scores = gpt.forward(tokens, pass); // [n, t] to [n, t, 50257]
 * Tensor loss = new CrossEntropy().of(scores.reshape(-1, 50_257), next.reshape(-1));
 *
 * int[] more = gpt.generate(prompt, 100, Sampling.seeded(42).temperature(0.8).topK(40));
 * }</pre>
 *
 * <p>Shapes: INT32 {@code [n, t]} with {@code t} up to the context, to {@code [n, t, vocabulary]}.
 * Parameters: {@code wte.weight [vocabulary, dim]} and, where positions are learned, {@code
 * wpe.weight [context, dim]}, both normal with a standard deviation of 0.02 at first; for each
 * block {@code h.K.ln_1.*}, {@code h.K.attn.*} ({@link org.lawu.nn.layer.MultiHeadAttention}),
 * {@code h.K.ln_2.*} and {@code h.K.mlp.*} ({@code c_fc} and {@code c_proj}, or those of {@link
 * org.lawu.nn.layer.SwiGlu}); {@code ln_f.*}; {@code lm_head.weight [vocabulary, dim]} unless it is
 * tied to {@code wte}.
 *
 * <p>Generation keeps the keys and values of what it has read in a {@link State}, which is a value
 * of the caller's: the model stays as it is, and serves any number of threads.
 */
public final class Gpt extends Layer {
  private static final double DEVIATION = 0.02;

  private final GptOptions options;
  private final Embedding tokens;
  private final @Nullable Embedding positions;
  private final Dropout dropout;
  private final List<GptBlock> blocks;
  private final Layer norm;
  private final @Nullable Dense head;

  /**
   * What the model has read of a sequence.
   *
   * @param layers the keys and values of each block; none at the start of a sequence
   */
  public record State(List<KeyValueCache> layers) {

    /** Of these keys and values. */
    public State {
      layers = List.copyOf(layers);
    }

    /** The state at the start of a sequence. */
    public static State empty() {
      return new State(List.of());
    }

    /** The number of tokens read. */
    public int length() {
      return layers.isEmpty() ? 0 : layers.getFirst().length();
    }
  }

  /**
   * What a run gives.
   *
   * @param scores for the token that follows each of the tokens, {@code [n, t, vocabulary]}
   * @param state to go on from
   */
  public record Result(Tensor scores, State state) {}

  /** A model of these sizes. */
  public Gpt(GptOptions options) {
    this.options = options;
    int dim = options.dim();
    this.tokens = child("wte", new Embedding(options.vocabulary(), dim, new Normal(0, DEVIATION)));
    this.positions =
        options.rotary() != null
            ? null
            : child("wpe", new Embedding(options.context(), dim, new Normal(0, DEVIATION)));
    this.dropout = new Dropout(options.dropout());
    List<GptBlock> list = new ArrayList<>();
    for (int i = 0; i < options.layers(); i++) {
      list.add(new GptBlock(options));
    }
    this.blocks = List.copyOf(list);
    child("h", Sequential.of(blocks));
    this.norm = child("ln_f", GptBlock.norm(options));
    this.head =
        options.isTied() ? null : child("lm_head", Dense.withoutBias(dim, options.vocabulary()));
  }

  /** Its sizes and parts. */
  public GptOptions options() {
    return options;
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    check(input, State.empty());
    var nothing = KeyValueCache.empty();
    Tensor x =
        Workspace.tidy(
            embed(input, 0, pass), blocks, (y, block) -> block.run(y, nothing, pass).output());
    return scores(norm.forward(x, pass), pass);
  }

  /**
   * Reads on in a sequence.
   *
   * @param input INT32 {@code [n, t]}, the tokens that follow those read before
   * @param state what the run before gave, or {@link State#empty}
   * @throws ShapeException if the sequence gets longer than the context, or the batch is another
   */
  public Result run(Tensor input, State state, Pass pass) {
    return located(() -> {
      Reading reading = read(input, state, pass);
      return new Result(scores(reading.vectors(), pass), reading.state());
    });
  }

  /**
   * Continues a text.
   *
   * @param prompt the tokens to begin with, at least one
   * @param maxTokens how many to add; the last is not read, so one more than the context fits
   * @param sampling how to choose each
   * @return the added tokens alone
   * @throws ArgumentException if there is no prompt, or the tokens do not fit in the context
   * @throws org.lawu.error.IndexException if a token is not in the vocabulary
   */
  public int[] generate(int[] prompt, int maxTokens, Sampling sampling) {
    return generate(prompt, maxTokens, sampling, token -> true);
  }

  /**
   * Continues a text until told to stop.
   *
   * @param goOn is told of each token as it comes; false ends the text with it
   * @return the added tokens, the last included
   * @throws ArgumentException as {@link #generate(int[], int, Sampling)}
   */
  public int[] generate(int[] prompt, int maxTokens, Sampling sampling, IntPredicate goOn) {
    checkLength(prompt.length, maxTokens);
    return Autograd.noGrad(() -> {
      Philox random = sampling.random();
      int[] added = new int[maxTokens];
      int[] next = prompt;
      State state = State.empty();
      for (int i = 0; i < maxTokens; i++) {
        Reading reading = read(Tensor.of(next, 1, next.length), state, Pass.inference());
        // Only the last token's scores are wanted.
        Tensor last = reading.vectors().slice(1, next.length - 1, next.length);
        int token = sampling.choose(scores(last, Pass.inference()).reshape(-1), random);
        added[i] = token;
        if (!goOn.test(token)) {
          return Arrays.copyOf(added, i + 1);
        }
        next = new int[] {token};
        state = reading.state();
      }
      return added;
    });
  }

  private void checkLength(int prompt, int maxTokens) {
    if (prompt == 0) {
      throw new ArgumentException(
          "generate: the prompt is empty; begin with the token that starts a text");
    }
    if (maxTokens < 0) {
      throw new ArgumentException(
          "generate: maxTokens must not be negative, got %d".formatted(maxTokens));
    }
    if ((long) prompt + maxTokens - 1 > options.context()) {
      throw new ArgumentException(
          ("generate: a prompt of %d tokens and %d more do not fit in the context of %d; ask for at"
                  + " most %d")
              .formatted(
                  prompt,
                  maxTokens,
                  options.context(),
                  Math.max(0, options.context() - prompt + 1)));
    }
  }

  /** Vectors after the last norm, {@code [n, t, dim]}. */
  private record Reading(Tensor vectors, State state) {}

  private Reading read(Tensor input, State state, Pass pass) {
    check(input, state);
    Tensor x = embed(input, state.length(), pass);
    List<KeyValueCache> past =
        state.layers().isEmpty()
            ? Collections.nCopies(blocks.size(), KeyValueCache.empty())
            : state.layers();
    List<KeyValueCache> caches = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      var result = blocks.get(i).run(x, past.get(i), pass);
      x = result.output();
      caches.add(result.cache());
    }
    return new Reading(norm.forward(x, pass), new State(caches));
  }

  private Tensor embed(Tensor input, int start, Pass pass) {
    Tensor x = tokens.forward(input, pass);
    if (positions != null) {
      x = x.add(positions.forward(Tensor.arange(start, start + input.size(1), 1), pass));
    }
    return dropout.forward(x, pass);
  }

  private Tensor scores(Tensor vectors, Pass pass) {
    if (head != null) {
      return head.forward(vectors, pass);
    }
    Parameter weight = Objects.requireNonNull(tokens.namedParameters().get("weight"));
    return vectors.linear(weight.value());
  }

  private void check(Tensor input, State state) {
    Setting.tokens("gpt", input);
    if (!state.layers().isEmpty() && state.layers().size() != blocks.size()) {
      throw new ArgumentException(
          "gpt: the state is of a model with %d layers, this one has %d"
              .formatted(state.layers().size(), blocks.size()));
    }
    if (state.length() + input.size(1) > options.context()) {
      throw new ShapeException(
          "gpt: tokens must be [batch, time] with at most %d time steps, got %s%s"
              .formatted(
                  options.context(),
                  input.shape(),
                  state.length() == 0 ? "" : " after " + state.length()));
    }
  }

  @Override
  public Gpt initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  protected String description() {
    return "Gpt(vocabulary %d, context %d, dim %d, heads %d, layers %d)"
        .formatted(
            options.vocabulary(),
            options.context(),
            options.dim(),
            options.heads(),
            options.layers());
  }

  @Override
  public Config config() {
    return options.write(Config.of("kind", "Gpt"));
  }

  /** The model that {@link #config} describes. */
  public static Gpt of(Config config, Layers layers) {
    return new Gpt(GptOptions.of(config, layers));
  }
}
