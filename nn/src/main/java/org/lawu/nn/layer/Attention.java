package org.lawu.nn.layer;

import org.lawu.error.ShapeException;
import org.lawu.nn.Pass;
import org.lawu.tensor.DotProductAttention;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Scaled dot-product attention: {@code softmax(q k^T / sqrt(d) + mask) v}; Vaswani et al.,
 * "Attention is all you need" (NeurIPS 2017).
 *
 * <pre>{@code
 * Tensor y = Attention.scaledDotProduct(query, key, value, AttentionMask.causal());
 * }</pre>
 */
public final class Attention {
  private Attention() {}

  /**
   * Each query's mean of the values, weighted by how well their keys match it.
   *
   * @param query {@code [..., t, d]}
   * @param key {@code [..., s, d]}
   * @param value {@code [..., s, e]}
   * @return {@code [..., t, e]}
   * @throws ShapeException if the shapes do not fit
   */
  public static Tensor scaledDotProduct(
      Tensor query, Tensor key, Tensor value, AttentionMask mask) {
    return scaledDotProduct(query, key, value, mask, new Dropout(0), Pass.inference());
  }

  /** With dropout on the weights. */
  static Tensor scaledDotProduct(
      Tensor query, Tensor key, Tensor value, AttentionMask mask, Dropout dropout, Pass pass) {
    check(query, key, value);
    if (mask instanceof KnownMask known) {
      Shape scores = scores(query, key);
      return known.onto(computation(query, dropout, pass), scores).of(query, key, value);
    }
    Tensor scores = query.mul(scale(query)).matmul(key.transpose());
    Tensor weights = mask.apply(scores).softmax(-1);
    return dropout.forward(weights, pass).matmul(value);
  }

  /** Of queries, keys and values that are {@code [3, ..., t, d]} together. */
  static Tensor scaledDotProduct(Tensor all, AttentionMask mask, Dropout dropout, Pass pass) {
    Tensor query = all.select(0, 0);
    if (mask instanceof KnownMask known) {
      return known.onto(computation(query, dropout, pass), scores(query, query)).of(all);
    }
    return scaledDotProduct(query, all.select(0, 1), all.select(0, 2), mask, dropout, pass);
  }

  private static DotProductAttention computation(Tensor query, Dropout dropout, Pass pass) {
    var computation = DotProductAttention.scaled(scale(query));
    return pass.isTraining() && dropout.rate() > 0
        ? computation.dropout(dropout.rate(), pass.random())
        : computation;
  }

  private static double scale(Tensor query) {
    return 1 / Math.sqrt(Math.max(1, query.size(-1)));
  }

  private static Shape scores(Tensor query, Tensor key) {
    int last = query.rank() - 2;
    return Shape.broadcast("attention", query.shape().slice(0, last), key.shape().slice(0, last))
        .concat(Shape.of(query.size(-2), key.size(-2)));
  }

  private static void check(Tensor query, Tensor key, Tensor value) {
    boolean fits =
        query.rank() >= 2
            && key.rank() == query.rank()
            && value.rank() == query.rank()
            && query.size(-1) == key.size(-1)
            && key.size(-2) == value.size(-2);
    if (!fits) {
      throw new ShapeException(
          "attention: needs query [..., t, d], key [..., s, d] and value [..., s, e], got %s, %s and %s"
              .formatted(query.shape(), key.shape(), value.shape()));
    }
  }
}
