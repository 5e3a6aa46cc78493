package org.lawu.nn.layer;

import org.jspecify.annotations.Nullable;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * The keys and values that a layer of self-attention has computed for the beginning of a sequence,
 * so that each further step computes only its own. A value that does not change: {@link
 * MultiHeadAttention#run} gives the cache of the longer sequence beside its output, and the shorter
 * one can be continued once more in another way. The layer keeps nothing, so one model serves any
 * number of sequences at once. Shazeer, "Fast Transformer decoding" (2019), describes the method.
 *
 * <pre>{@code
 * var cache = KeyValueCache.empty();
 * for (Tensor step : steps) { // each [n, 1, dim]
 *   var result = attention.run(step, cache, AttentionMask.causal(), pass);
 *   cache = result.cache();
 * }
 * }</pre>
 */
public final class KeyValueCache {
  private static final KeyValueCache EMPTY = new KeyValueCache(null);

  private record Content(Tensor keys, Tensor values) {}

  private final @Nullable Content content;

  private KeyValueCache(@Nullable Content content) {
    this.content = content;
  }

  /** The cache at the start of a sequence. */
  public static KeyValueCache empty() {
    return EMPTY;
  }

  /** How many time steps it holds. */
  public int length() {
    return content == null ? 0 : content.keys.size(2);
  }

  /**
   * The cache with further keys and values behind its own.
   *
   * @param keys {@code [n, heads, t, d]}
   * @param values {@code [n, heads, t, e]}
   * @throws ShapeException if the shapes differ from those of the cache in more than the time
   */
  public KeyValueCache append(Tensor keys, Tensor values) {
    check(keys, values);
    if (content == null) {
      return new KeyValueCache(new Content(keys, values));
    }
    return new KeyValueCache(
        new Content(
            Tensor.concat(2, content.keys, keys), Tensor.concat(2, content.values, values)));
  }

  private void check(Tensor keys, Tensor values) {
    boolean fits =
        keys.rank() == 4
            && values.rank() == 4
            && keys.shape().slice(0, 3).equals(values.shape().slice(0, 3));
    if (!fits) {
      throw new ShapeException(
          "keyValueCache: needs keys [n, heads, t, d] and values [n, heads, t, e], got %s and %s"
              .formatted(keys.shape(), values.shape()));
    }
    if (content != null) {
      checkContinues(content.keys.shape(), keys.shape());
      checkContinues(content.values.shape(), values.shape());
    }
  }

  private static void checkContinues(Shape held, Shape added) {
    if (!added.with(2, held.size(2)).equals(held)) {
      throw new ShapeException(
          "keyValueCache: cannot append %s to %s; a cache goes on with the batch it was begun with"
              .formatted(added, held));
    }
  }

  /**
   * The keys, {@code [n, heads, length, d]}.
   *
   * @throws ShapeException if the cache is empty
   */
  public Tensor keys() {
    return content().keys;
  }

  /**
   * The values, {@code [n, heads, length, e]}.
   *
   * @throws ShapeException if the cache is empty
   */
  public Tensor values() {
    return content().values;
  }

  private Content content() {
    if (content == null) {
      throw new ShapeException("keyValueCache: is empty; append keys and values first");
    }
    return content;
  }
}
