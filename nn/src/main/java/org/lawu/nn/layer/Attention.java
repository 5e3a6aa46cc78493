package org.lawu.nn.layer;

import org.lawu.error.ShapeException;
import org.lawu.nn.Pass;
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
    Tensor scores = query.mul(1 / Math.sqrt(query.size(-1))).matmul(key.transpose());
    Tensor weights = mask.apply(scores).softmax(-1);
    return dropout.forward(weights, pass).matmul(value);
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
