package org.lawu.internal.operation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ShapeException;
import org.lawu.internal.array.Layout;
import org.lawu.internal.array.NdArray;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Scaled dot-product attention, {@code y = (softmax(scale q k^T + bias) drop) v}; Vaswani et al.
 * (2017). Inputs: {@code q [..., t, d]}, {@code k [..., s, d]}, {@code v [..., s, e]}, or where
 * {@code packed} all three as {@code [3, ..., t, d]}; then, where there is one, the bias (it
 * broadcasts to {@code [..., t, s]}); then, where there are some, the truths (BOOL, likewise) that
 * say which keys a query may attend to. The computation, and that of the gradient, is in {@link
 * AttentionBlocks}, which never holds the weights of all queries.
 *
 * @param causal whether a query attends to keys up to its own time only; with more keys than
 *     queries the last query is at the time of the last key
 * @param dropped the share of the weights set to 0 at random; the others grow to make up for it
 * @param seed decides which; the gradient draws the same again
 */
public record Attention(
    double scale,
    boolean causal,
    boolean packed,
    boolean biased,
    boolean masked,
    double dropped,
    long seed)
    implements Fused {

  /** A score so low that its share is exactly 0 beside any other, and that stays finite. */
  static final float MASKED = -1e30f;

  @Override
  public void check(NdArray... inputs) {
    NdArray[] parts = parts(inputs);
    Check.floating(name(), parts[0]);
    Check.sameType(name(), parts[0], parts[1]);
    Check.sameType(name(), parts[0], parts[2]);
    Shape query = parts[0].shape();
    Shape key = parts[1].shape();
    Shape value = parts[2].shape();
    if (query.rank() < 2
        || key.rank() < 2
        || value.rank() < 2
        || query.size(-1) != key.size(-1)
        || key.size(-2) != value.size(-2)) {
      throw new ShapeException(
          ("attention: needs query [..., t, d], key [..., s, d] and value [..., s, e], got %s, %s"
                  + " and %s")
              .formatted(query, key, value));
    }
    Shape scores = leading(parts).concat(Shape.of(query.size(-2), key.size(-2)));
    if (biased) {
      NdArray bias = bias(inputs);
      Check.sameType(name(), parts[0], bias);
      checkBroadcasts("bias", bias, scores);
    }
    if (masked) {
      NdArray allowed = allowed(inputs);
      Check.type(name(), "the mask", allowed, DType.BOOL);
      checkBroadcasts("mask", allowed, scores);
    }
  }

  private static void checkBroadcasts(String what, NdArray x, Shape scores) {
    if (!x.shape().broadcastsTo(scores)) {
      throw new ShapeException(
          "attention: the %s must broadcast to the scores %s, got %s"
              .formatted(what, scores, x.shape()));
    }
  }

  private NdArray[] parts(NdArray... inputs) {
    if (!packed) {
      return new NdArray[] {inputs[0], inputs[1], inputs[2]};
    }
    Shape shape = inputs[0].shape();
    if (shape.rank() < 3 || shape.size(0) != 3) {
      throw new ShapeException(
          "attention: queries, keys and values together must be [3, ..., t, d], got %s"
              .formatted(shape));
    }
    return new NdArray[] {part(inputs[0], 0), part(inputs[0], 1), part(inputs[0], 2)};
  }

  /** One of three arrays that lie along the first axis. */
  private static NdArray part(NdArray all, int index) {
    int[] strides = all.layout().strides();
    int[] rest = Arrays.copyOfRange(strides, 1, strides.length);
    Shape shape = all.shape().slice(1, all.shape().rank());
    int offset = shape.elements() == 0 ? all.offset() : all.offset() + index * strides[0];
    return all.withLayout(new Layout(shape, rest, offset));
  }

  private NdArray bias(NdArray... inputs) {
    return inputs[packed ? 1 : 3];
  }

  private NdArray allowed(NdArray... inputs) {
    return inputs[inputs.length - 1];
  }

  private static Shape leading(NdArray... parts) {
    Shape shape = leading(parts[0]);
    shape = Shape.broadcast("attention", shape, leading(parts[1]));
    return Shape.broadcast("attention", shape, leading(parts[2]));
  }

  private static Shape leading(NdArray x) {
    return x.shape().slice(0, x.shape().rank() - 2);
  }

  private AttentionBlocks blocks(NdArray... inputs) {
    NdArray[] parts = parts(inputs);
    Shape leading = leading(parts);
    for (int i = 0; i < parts.length; i++) {
      Shape matrix = parts[i].shape().slice(leading(parts[i]).rank(), parts[i].shape().rank());
      parts[i] = parts[i].expand(leading.concat(matrix));
    }
    return new AttentionBlocks(
        this,
        parts[0],
        parts[1],
        parts[2],
        biased ? bias(inputs) : null,
        masked ? allowed(inputs) : null);
  }

  @Override
  public Result compute(boolean keep, NdArray... inputs) {
    return new Result(blocks(inputs).forward());
  }

  @Override
  public @Nullable NdArray[] gradients(Call call) {
    var found = new @Nullable NdArray[call.inputs().length];
    var blocks = blocks(call.inputs());
    NdArray scores = biased && call.needs()[packed ? 1 : 3] ? blocks.roomForScores() : null;
    NdArray[] parts;
    if (packed) {
      NdArray all = AttentionBlocks.like(call.inputs()[0], call.inputs()[0].shape());
      parts = new NdArray[] {part(all, 0), part(all, 1), part(all, 2)};
      found[0] = all;
    } else {
      parts = blocks.roomForGradients();
      System.arraycopy(parts, 0, found, 0, parts.length);
    }
    blocks.backward(call.gradient(), parts[0], parts[1], parts[2], scores);
    if (biased) {
      found[packed ? 1 : 3] = scores;
    }
    return found;
  }

  @Override
  public Tensor composed(Steps steps, Tensor... inputs) {
    Tensor first = inputs[0];
    Tensor query = packed ? first.select(0, 0) : first;
    Tensor key = packed ? first.select(0, 1) : inputs[1];
    Tensor value = packed ? first.select(0, 2) : inputs[2];
    Tensor scores = query.mul(scale).matmul(key.transpose(-1, -2));
    Tensor low = Tensor.scalar(MASKED, scores.dtype());
    if (biased) {
      scores = scores.add(inputs[packed ? 1 : 3]);
    }
    if (masked) {
      scores = Tensor.where(inputs[inputs.length - 1], scores, low);
    }
    int queries = scores.size(-2);
    int keys = scores.size(-1);
    if (causal) {
      Tensor own = Tensor.arange(queries).add(keys - queries).unsqueeze(1);
      scores = Tensor.where(Tensor.arange(keys).lessEqual(own), scores, low);
    }
    Tensor weights = scores.softmax(-1);
    if (dropped > 0) {
      weights = weights.mul(kept(scores.shape()).to(scores.dtype()));
    }
    return weights.matmul(value);
  }

  /** What the weights of all blocks are multiplied by. */
  private Tensor kept(Shape scores) {
    int queries = scores.size(-2);
    int keys = scores.size(-1);
    float[] all = new float[scores.elements()];
    int rows = AttentionBlocks.rows(queries, keys);
    for (int at = 0, block = 0; at < all.length; block++) {
      int row = at / keys % queries;
      float[] mask = new float[rows * keys];
      drop(block, mask);
      int length = Math.min(rows, queries - row) * keys;
      System.arraycopy(mask, 0, all, at, length);
      at += length;
    }
    return Tensor.of(all, scores.toArray());
  }

  /** Fills an array as long as a whole block with 0 and {@code 1 / (1 - dropped)}. */
  void drop(int block, float[] out) {
    long position = block * ((out.length + 3L) / 4);
    new Philox(new Philox.State(seed, position)).fillBernoulli(out, 1 - dropped);
    float factor = (float) (1 / (1 - dropped));
    for (int i = 0; i < out.length; i++) {
      out[i] *= factor;
    }
  }
}
