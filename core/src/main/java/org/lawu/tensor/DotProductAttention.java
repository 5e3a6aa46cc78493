package org.lawu.tensor;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.internal.operation.Attention;
import org.lawu.random.Philox;

/**
 * Scaled dot-product attention in one piece: {@code y = softmax(scale q k^T + bias) v}, computed
 * for a block of queries after another without holding all weights. Vaswani et al., "Attention is
 * all you need" (NeurIPS 2017); PyTorch's {@code scaled_dot_product_attention}.
 *
 * <pre>{@code
 * Tensor y = DotProductAttention.scaled(1 / Math.sqrt(64)).causal().of(query, key, value);
 * }</pre>
 *
 * <p>Immutable: each setting is a method that returns a changed copy. A query that may attend to
 * nothing at all gets the mean of all values (in PyTorch: NaN).
 */
public final class DotProductAttention {
  private final double scale;
  private final boolean causal;
  private final @Nullable Tensor bias;
  private final @Nullable Tensor allowed;
  private final double rate;
  private final @Nullable Philox random;

  private DotProductAttention(
      double scale,
      boolean causal,
      @Nullable Tensor bias,
      @Nullable Tensor allowed,
      double rate,
      @Nullable Philox random) {
    this.scale = scale;
    this.causal = causal;
    this.bias = bias;
    this.allowed = allowed;
    this.rate = rate;
    this.random = random;
  }

  /** Of every query to every key, with a factor for the scores; usually {@code 1 / sqrt(d)}. */
  public static DotProductAttention scaled(double scale) {
    return new DotProductAttention(scale, false, null, null, 0, null);
  }

  /**
   * Queries attend to keys up to their own time. If there are more keys than queries, the last
   * query is at the time of the last key.
   */
  public DotProductAttention causal() {
    return new DotProductAttention(scale, true, bias, allowed, rate, random);
  }

  /**
   * Numbers added to the scores, and to those of earlier calls, before anything is forbidden.
   *
   * @param numbers of the queries' type and a shape that broadcasts to {@code [..., t, s]}
   */
  public DotProductAttention bias(Tensor numbers) {
    Tensor all = bias == null ? numbers : bias.add(numbers);
    return new DotProductAttention(scale, causal, all, allowed, rate, random);
  }

  /**
   * Which keys a query may attend to, if earlier calls agree.
   *
   * @param truths BOOL, of a shape that broadcasts to {@code [..., t, s]}
   */
  public DotProductAttention allowed(Tensor truths) {
    Tensor all = allowed == null ? truths : allowed.and(truths);
    return new DotProductAttention(scale, causal, bias, all, rate, random);
  }

  /**
   * Sets a share of the weights to 0 at random and enlarges the others to make up for it.
   *
   * @throws ArgumentException if the share is not at least 0 and below 1
   */
  public DotProductAttention dropout(double share, Philox generator) {
    if (!(share >= 0 && share < 1)) {
      throw new ArgumentException(
          "attention: the dropout must be at least 0 and below 1, got " + share);
    }
    return new DotProductAttention(scale, causal, bias, allowed, share, generator);
  }

  /**
   * Each query's mean of the values. Any strides will do; the result lies in memory as the queries
   * do.
   *
   * @param query {@code [..., t, d]}
   * @param key {@code [..., s, d]}
   * @param value {@code [..., s, e]}
   * @return {@code [..., t, e]}
   * @throws org.lawu.error.ShapeException if the shapes do not fit
   */
  public Tensor of(Tensor query, Tensor key, Tensor value) {
    return apply(false, query, key, value);
  }

  /**
   * The same for queries, keys and values that are slices of one tensor, whose gradient is then
   * written once.
   *
   * @param all {@code [3, ..., t, d]}
   * @return {@code [..., t, d]}
   * @throws org.lawu.error.ShapeException if the shape is none of this kind
   */
  public Tensor of(Tensor all) {
    return apply(true, all);
  }

  private Tensor apply(boolean packed, Tensor... parts) {
    List<Tensor> inputs = new ArrayList<>(List.of(parts));
    if (bias != null) {
      inputs.add(bias);
    }
    if (allowed != null) {
      inputs.add(allowed);
    }
    long seed = random == null || rate == 0 ? 0 : random.nextLong();
    var operation = new Attention(scale, causal, packed, bias != null, allowed != null, rate, seed);
    return Engine.apply(operation, inputs.toArray(new Tensor[0]));
  }
}
