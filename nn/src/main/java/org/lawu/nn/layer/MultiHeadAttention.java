package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;

import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Layers;
import org.lawu.nn.Pass;
import org.lawu.nn.initializer.Gain;
import org.lawu.nn.initializer.KaimingUniform;
import org.lawu.nn.initializer.XavierUniform;
import org.lawu.nn.initializer.Zeros;
import org.lawu.random.Philox;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Attention in several heads: queries, keys and values are mapped linearly and cut into heads of
 * {@code dim / heads} numbers; each head attends by itself ({@link Attention}); the heads are
 * joined and mapped once more. Vaswani et al., "Attention is all you need" (NeurIPS 2017);
 * PyTorch's {@code MultiheadAttention} with {@code batch_first}.
 *
 * <pre>{@code
 * var attention = new MultiHeadAttention(512, 8);
 * Tensor own = attention.forward(x, AttentionMask.causal(), pass); // [n, t, 512]
 * Tensor cross = attention.forward(x, memory, AttentionMask.none(), pass);
 * }</pre>
 *
 * <p>To generate step by step, {@link #run} takes and gives the keys and values of the steps
 * before, and computes only the new:
 *
 * <pre>{@code
 * var first = attention.run(prompt, KeyValueCache.empty(), AttentionMask.causal(), pass);
 * var next = attention.run(step, first.cache(), AttentionMask.causal(), pass);
 * }</pre>
 *
 * <p>Shapes: queries {@code [n, t, dim]}, keys and values {@code [n, s, dim]}, output {@code [n, t,
 * dim]}. Parameters: {@code in_proj_weight [3 dim, dim]} (queries, keys, values; Xavier uniform at
 * first), {@code in_proj_bias [3 dim]} (zeros), {@code out_proj.weight [dim, dim]}, {@code
 * out_proj.bias [dim]} (zeros); with fewer heads of keys and values, {@code dim + 2 dim / heads *
 * keyValueHeads} takes the place of {@code 3 dim}. As a layer of one input it attends to that
 * input, without a mask.
 */
public final class MultiHeadAttention extends Layer {
  private static final String NAME = "multiHeadAttention";

  private final int dim;
  private final int heads;
  private final int keyValueHeads;
  private final AttentionOptions options;
  private final Dropout dropout;
  private final Parameter inWeight;
  private final @Nullable Parameter inBias;
  private final Dense out;

  /**
   * What a run gives.
   *
   * @param output {@code [n, t, dim]}
   * @param cache that of the run before with the keys and values of this one
   */
  public record Result(Tensor output, KeyValueCache cache) {}

  /** Queries, keys and values in heads, {@code [n, heads, time, dim / heads]}. */
  private record Projected(Tensor query, Tensor key, Tensor value) {}

  /**
   * Without dropout.
   *
   * @throws ArgumentException if a number is below 1, or the heads do not divide the dim
   */
  public MultiHeadAttention(int dim, int heads) {
    this(dim, heads, AttentionOptions.standard());
  }

  /**
   * With dropout.
   *
   * @param dropout the share of the attention weights that training drops
   * @throws ArgumentException if a number is below 1, or the heads do not divide the dim, or the
   *     dropout is not at least 0 and below 1
   */
  public MultiHeadAttention(int dim, int heads, double dropout) {
    this(dim, heads, AttentionOptions.standard().dropout(dropout));
  }

  /**
   * With options.
   *
   * @throws ArgumentException if a number is below 1, the heads do not divide the dim, the heads of
   *     keys and values do not divide the heads, or there are rotary positions and a head has an
   *     odd number of elements
   */
  public MultiHeadAttention(int dim, int heads, AttentionOptions options) {
    this.dim = positive(NAME, "dim", dim);
    this.heads = positive(NAME, "heads", heads);
    this.options = options;
    this.keyValueHeads = options.keyValueHeads() == 0 ? heads : options.keyValueHeads();
    checkHeads();
    this.dropout = new Dropout(options.dropout());
    int rows = dim + 2 * keyValueDim();
    this.inWeight = parameter("in_proj_weight", Shape.of(rows, dim), new XavierUniform());
    this.inBias =
        options.isBiased() ? parameter("in_proj_bias", Shape.of(rows), new Zeros()) : null;
    var outWeight = new KaimingUniform(Gain.leakyRelu(Math.sqrt(5)));
    Dense outMap =
        options.isBiased()
            ? new Dense(dim, dim, outWeight, new Zeros())
            : Dense.withoutBias(dim, dim, outWeight);
    this.out = child("out_proj", outMap);
  }

  private void checkHeads() {
    if (dim % heads != 0) {
      throw new ArgumentException(
          "multiHeadAttention: dim %d must be a multiple of heads %d".formatted(dim, heads));
    }
    if (heads % keyValueHeads != 0) {
      throw new ArgumentException(
          "multiHeadAttention: heads %d must be a multiple of key/value heads %d"
              .formatted(heads, keyValueHeads));
    }
    if (options.rotary() != null && headDim() % 2 != 0) {
      throw new ArgumentException(
          ("multiHeadAttention: rotary positions need an even number of elements a head, got dim %d"
                  + " / heads %d = %d")
              .formatted(dim, heads, headDim()));
    }
  }

  private int headDim() {
    return dim / heads;
  }

  private int keyValueDim() {
    return headDim() * keyValueHeads;
  }

  /** The input attends to itself. */
  public Tensor forward(Tensor input, AttentionMask mask, Pass pass) {
    return observed(pass, () -> attendToItself(input, mask, pass));
  }

  /** The queries attend to a memory, which gives both keys and values. */
  public Tensor forward(Tensor query, Tensor memory, AttentionMask mask, Pass pass) {
    return observed(
        pass,
        () -> {
          checkCross();
          check("query", query);
          checkMemory("memory", memory, query);
          Tensor both = project(memory, dim, dim + 2 * keyValueDim());
          Tensor key = both.slice(1, 0, keyValueHeads);
          Tensor value = both.slice(1, keyValueHeads, 2 * keyValueHeads);
          return attend(project(query, 0, dim), key, value, mask, pass);
        });
  }

  /** The queries attend to keys that stand for values. */
  public Tensor forward(Tensor query, Tensor key, Tensor value, AttentionMask mask, Pass pass) {
    return observed(
        pass,
        () -> {
          checkCross();
          check("query", query);
          checkMemory("key", key, query);
          checkMemory("value", value, query);
          if (key.size(1) != value.size(1)) {
            throw new ShapeException(
                "multiHeadAttention: there must be one value for each key, got %s and %s"
                    .formatted(key.shape(), value.shape()));
          }
          int keysEnd = dim + keyValueDim();
          return attend(
              project(query, 0, dim),
              project(key, dim, keysEnd),
              project(value, keysEnd, keysEnd + keyValueDim()),
              mask,
              pass);
        });
  }

  /**
   * The input, which continues a sequence, attends to itself and to what came before.
   *
   * @param input {@code [n, t, dim]}, the steps that follow those of the cache
   * @param past the keys and values of the steps before
   * @param mask over the keys of all steps; a causal mask knows that the queries are the last
   * @throws ShapeException if the input does not fit the layer or the cache
   */
  public Result run(Tensor input, KeyValueCache past, AttentionMask mask, Pass pass) {
    Projected own = located(() -> projectItself(input, past.length()));
    KeyValueCache cache = located(() -> past.append(own.key(), own.value()));
    Tensor output =
        observed(pass, () -> attend(own.query(), cache.keys(), cache.values(), mask, pass));
    return new Result(output, cache);
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return attendToItself(input, AttentionMask.none(), pass);
  }

  private Tensor attendToItself(Tensor input, AttentionMask mask, Pass pass) {
    if (options.rotary() == null && keyValueHeads == heads) {
      check("input", input);
      // Queries, keys and values of one shape stay in one piece.
      Tensor all =
          map(input, 0, 3 * dim)
              .reshape(Shape.of(input.size(0), input.size(1), 3, heads, headDim()))
              .permute(2, 0, 3, 1, 4);
      return join(Attention.scaledDotProduct(all, mask, dropout, pass), pass);
    }
    Projected own = projectItself(input, 0);
    return attend(own.query(), own.key(), own.value(), mask, pass);
  }

  private Projected projectItself(Tensor input, int start) {
    check("input", input);
    Tensor all = project(input, 0, dim + 2 * keyValueDim());
    int keysEnd = heads + keyValueHeads;
    Tensor value = all.slice(1, keysEnd, keysEnd + keyValueHeads);
    RotaryPositions rotary = options.rotary();
    if (rotary == null) {
      return new Projected(all.slice(1, 0, heads), all.slice(1, heads, keysEnd), value);
    }
    // Queries and keys lie side by side and turn as one.
    Tensor turned = rotary.rotate(all.slice(1, 0, keysEnd), start);
    return new Projected(turned.slice(1, 0, heads), turned.slice(1, heads, keysEnd), value);
  }

  /**
   * The rows {@code from} to {@code to} of the linear maps of queries, keys and values, cut into
   * heads: {@code [n, heads, t, dim / heads]}.
   */
  private Tensor project(Tensor input, int from, int to) {
    int count = (to - from) / headDim();
    return map(input, from, to)
        .reshape(Shape.of(input.size(0), input.size(1), count, headDim()))
        .permute(0, 2, 1, 3);
  }

  private Tensor map(Tensor input, int from, int to) {
    Tensor weight = rows(inWeight, from, to);
    return inBias == null ? input.linear(weight) : input.linear(weight, rows(inBias, from, to));
  }

  private static Tensor rows(Parameter parameter, int from, int to) {
    Tensor value = parameter.value();
    return to - from == value.size(0) ? value : value.slice(0, from, to);
  }

  private Tensor attend(Tensor query, Tensor key, Tensor value, AttentionMask mask, Pass pass) {
    Tensor each =
        Attention.scaledDotProduct(query, forHeads(key), forHeads(value), mask, dropout, pass);
    return join(each, pass);
  }

  /** Maps the heads {@code [n, heads, t, dim / heads]} joined. */
  private Tensor join(Tensor each, Pass pass) {
    Tensor joined = each.permute(0, 2, 1, 3).reshape(Shape.of(each.size(0), each.size(2), dim));
    return out.forward(joined, pass);
  }

  /** Each head of keys or values as often as there are heads of queries that it serves. */
  private Tensor forHeads(Tensor x) {
    if (keyValueHeads == heads) {
      return x;
    }
    Shape each = Shape.of(x.size(0), keyValueHeads, heads / keyValueHeads, x.size(2), headDim());
    return x.unsqueeze(2).expand(each).reshape(x.shape().with(1, heads));
  }

  private void checkCross() {
    if (options.rotary() != null) {
      throw new ArgumentException(
          "multiHeadAttention: rotary positions are for a sequence that attends to itself; leave"
              + " them out for keys from elsewhere");
    }
  }

  private void check(String what, Tensor x) {
    Sequences.check(NAME, what, x, dim);
  }

  private void checkMemory(String what, Tensor x, Tensor query) {
    check(what, x);
    Sequences.checkBatch(NAME, "query", query, what, x);
  }

  @Override
  public MultiHeadAttention initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  protected String description() {
    return "MultiHeadAttention(%d, heads %d%s%s%s%s)"
        .formatted(
            dim,
            heads,
            keyValueHeads == heads ? "" : ", key/value heads " + keyValueHeads,
            options.rotary() == null ? "" : ", rotary",
            options.isBiased() ? "" : ", without bias",
            options.dropout() == 0 ? "" : ", dropout " + options.dropout());
  }

  @Override
  public Config config() {
    return options.write(
        Config.of("kind", "MultiHeadAttention").with("dim", dim).with("heads", heads));
  }

  /** The layer that {@link #config} describes. */
  public static MultiHeadAttention of(Config config, Layers layers) {
    return new MultiHeadAttention(
        config.integer("dim"), config.integer("heads"), AttentionOptions.of(config, layers));
  }
}
