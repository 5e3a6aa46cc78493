package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;

import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * Attention whose scores a small network computes: {@code score(q, k) = v^T tanh(W q + U k)}, and
 * each query gets the mean of the memory weighted by {@code softmax(score)}. Bahdanau, Cho and
 * Bengio, "Neural machine translation by jointly learning to align and translate" (ICLR 2015).
 *
 * <pre>{@code
 * var attention = new AdditiveAttention(128, 256, 64);
 * var mask = AttentionMask.padding(tokens.notEqual(0));
 * Tensor context = attention.forward(state.unsqueeze(1), memory, mask, pass); // [n, 1, 256]
 * }</pre>
 *
 * <p>Shapes: queries {@code [n, t, queryDim]}, memory {@code [n, s, memoryDim]}, output {@code [n,
 * t, memoryDim]}. Parameters: {@code query.weight [hidden, queryDim]}, {@code memory.weight
 * [hidden, memoryDim]}, {@code score.weight [1, hidden]}, as {@link Dense} draws them. As a layer
 * of one input it attends to that input, without a mask.
 */
public final class AdditiveAttention extends Layer {
  private static final String NAME = "additiveAttention";

  private final int queryDim;
  private final int memoryDim;
  private final int hidden;
  private final Dense query;
  private final Dense memory;
  private final Dense score;

  /**
   * For queries and a memory.
   *
   * @param hidden the numbers between the two layers of the scoring network
   * @throws org.lawu.error.ArgumentException if a number is below 1
   */
  public AdditiveAttention(int queryDim, int memoryDim, int hidden) {
    this.queryDim = positive(NAME, "queryDim", queryDim);
    this.memoryDim = positive(NAME, "memoryDim", memoryDim);
    this.hidden = positive(NAME, "hidden", hidden);
    this.query = child("query", Dense.withoutBias(queryDim, hidden));
    this.memory = child("memory", Dense.withoutBias(memoryDim, hidden));
    this.score = child("score", Dense.withoutBias(hidden, 1));
  }

  /**
   * The queries attend to the memory.
   *
   * @throws org.lawu.error.ShapeException if the shapes do not fit
   */
  public Tensor forward(Tensor queries, Tensor states, AttentionMask mask, Pass pass) {
    return observed(pass, () -> attend(queries, states, mask, pass));
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return attend(input, input, AttentionMask.none(), pass);
  }

  private Tensor attend(Tensor queries, Tensor states, AttentionMask mask, Pass pass) {
    Sequences.check(NAME, "query", queries, queryDim);
    Sequences.check(NAME, "memory", states, memoryDim);
    Sequences.checkBatch(NAME, "query", queries, "memory", states);
    Tensor left = query.forward(queries, pass).unsqueeze(2); // [n, t, 1, hidden]
    Tensor right = memory.forward(states, pass).unsqueeze(1); // [n, 1, s, hidden]
    Tensor scores = score.forward(left.add(right).tanh(), pass).squeeze(-1); // [n, t, s]
    return mask.apply(scores).softmax(-1).matmul(states);
  }

  @Override
  public AdditiveAttention initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  protected String description() {
    return "AdditiveAttention(%d, %d, hidden %d)".formatted(queryDim, memoryDim, hidden);
  }

  @Override
  public Config config() {
    return Config.of("kind", "AdditiveAttention")
        .with("queryDim", queryDim)
        .with("memoryDim", memoryDim)
        .with("hidden", hidden);
  }

  /** The layer that {@link #config} describes. */
  public static AdditiveAttention of(Config config) {
    return new AdditiveAttention(
        config.integer("queryDim"), config.integer("memoryDim"), config.integer("hidden"));
  }
}
