package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;

import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.nn.Layer;
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
 * <p>Shapes: queries {@code [n, t, dim]}, keys and values {@code [n, s, dim]}, output {@code [n, t,
 * dim]}. Parameters: {@code in_proj_weight [3 dim, dim]} (queries, keys, values; Xavier uniform at
 * first), {@code in_proj_bias [3 dim]} (zeros), {@code out_proj.weight [dim, dim]}, {@code
 * out_proj.bias [dim]} (zeros). As a layer of one input it attends to that input, without a mask.
 */
public final class MultiHeadAttention extends Layer {
  private static final String NAME = "multiHeadAttention";
  private static final int QUERY = 0;
  private static final int KEY = 1;
  private static final int VALUE = 2;

  private final int dim;
  private final int heads;
  private final double rate;
  private final Dropout dropout;
  private final Parameter inWeight;
  private final Parameter inBias;
  private final Dense out;

  /**
   * Without dropout.
   *
   * @throws ArgumentException if a number is below 1, or the heads do not divide the dim
   */
  public MultiHeadAttention(int dim, int heads) {
    this(dim, heads, 0);
  }

  /**
   * With dropout.
   *
   * @param dropout the share of the attention weights that training drops
   * @throws ArgumentException if a number is below 1, or the heads do not divide the dim, or the
   *     dropout is not at least 0 and below 1
   */
  public MultiHeadAttention(int dim, int heads, double dropout) {
    this.dim = positive(NAME, "dim", dim);
    this.heads = positive(NAME, "heads", heads);
    if (dim % heads != 0) {
      throw new ArgumentException(
          "multiHeadAttention: dim %d must be a multiple of heads %d".formatted(dim, heads));
    }
    this.rate = dropout;
    this.dropout = new Dropout(dropout);
    this.inWeight = parameter("in_proj_weight", Shape.of(3 * dim, dim), new XavierUniform());
    this.inBias = parameter("in_proj_bias", Shape.of(3 * dim), new Zeros());
    var outWeight = new KaimingUniform(Gain.leakyRelu(Math.sqrt(5)));
    this.out = child("out_proj", new Dense(dim, dim, outWeight, new Zeros()));
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
          check("query", query);
          checkMemory("memory", memory, query);
          Tensor queries = project(query, QUERY, 1).select(0, 0);
          Tensor both = project(memory, KEY, 2);
          return attend(queries, both.select(0, 0), both.select(0, 1), mask, pass);
        });
  }

  /** The queries attend to keys that stand for values. */
  public Tensor forward(Tensor query, Tensor key, Tensor value, AttentionMask mask, Pass pass) {
    return observed(
        pass,
        () -> {
          check("query", query);
          checkMemory("key", key, query);
          checkMemory("value", value, query);
          if (key.size(1) != value.size(1)) {
            throw new ShapeException(
                "multiHeadAttention: there must be one value for each key, got %s and %s"
                    .formatted(key.shape(), value.shape()));
          }
          return attend(
              project(query, QUERY, 1).select(0, 0),
              project(key, KEY, 1).select(0, 0),
              project(value, VALUE, 1).select(0, 0),
              mask,
              pass);
        });
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return attendToItself(input, AttentionMask.none(), pass);
  }

  private Tensor attendToItself(Tensor input, AttentionMask mask, Pass pass) {
    check("input", input);
    Tensor all = project(input, QUERY, 3);
    return join(Attention.scaledDotProduct(all, mask, dropout, pass), pass);
  }

  /**
   * The linear maps {@code first .. first + count - 1} of queries, keys and values in one product,
   * cut into heads: {@code [count, n, heads, t, dim / heads]}.
   */
  private Tensor project(Tensor input, int first, int count) {
    int from = first * dim;
    int to = from + count * dim;
    Tensor weight = inWeight.value();
    Tensor bias = inBias.value();
    if (count < 3) {
      weight = weight.slice(0, from, to);
      bias = bias.slice(0, from, to);
    }
    return input
        .linear(weight, bias)
        .reshape(Shape.of(input.size(0), input.size(1), count, heads, dim / heads))
        .permute(2, 0, 3, 1, 4);
  }

  private Tensor attend(Tensor query, Tensor key, Tensor value, AttentionMask mask, Pass pass) {
    return join(Attention.scaledDotProduct(query, key, value, mask, dropout, pass), pass);
  }

  /** Maps the heads {@code [n, heads, t, dim / heads]} joined. */
  private Tensor join(Tensor each, Pass pass) {
    Tensor joined = each.permute(0, 2, 1, 3).reshape(Shape.of(each.size(0), each.size(2), dim));
    return out.forward(joined, pass);
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
    return "MultiHeadAttention(%d, heads %d%s)"
        .formatted(dim, heads, rate == 0 ? "" : ", dropout " + rate);
  }
}
