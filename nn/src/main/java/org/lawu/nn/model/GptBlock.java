package org.lawu.nn.model;

import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.layer.AttentionMask;
import org.lawu.nn.layer.AttentionOptions;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
import org.lawu.nn.layer.KeyValueCache;
import org.lawu.nn.layer.LayerNorm;
import org.lawu.nn.layer.MultiHeadAttention;
import org.lawu.nn.layer.RmsNorm;
import org.lawu.nn.layer.SwiGlu;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Workspace;

/**
 * A layer of a decoder-only Transformer: {@code x = x + attn(ln_1(x))}, {@code y = x +
 * mlp(ln_2(x))}, the attention causal.
 */
final class GptBlock extends Layer {
  private static final double EPSILON = 1e-5;

  private final Layer norm1;
  private final MultiHeadAttention attention;
  private final Layer norm2;
  private final Layer feedForward;
  private final Dropout dropout;

  GptBlock(GptOptions options) {
    norm1 = child("ln_1", norm(options));
    attention =
        child("attn", new MultiHeadAttention(options.dim(), options.heads(), attention(options)));
    norm2 = child("ln_2", norm(options));
    feedForward =
        child(
            "mlp",
            options.isGated()
                ? new SwiGlu(options.dim(), options.hidden())
                : new FeedForward(options.dim(), options.hidden()));
    dropout = new Dropout(options.dropout());
  }

  static Layer norm(GptOptions options) {
    Shape shape = Shape.of(options.dim());
    return options.isGated() ? new RmsNorm(shape, EPSILON) : new LayerNorm(shape, EPSILON);
  }

  private static AttentionOptions attention(GptOptions options) {
    return new AttentionOptions(
        options.dropout(), !options.isGated(), options.keyValueHeads(), options.rotary());
  }

  /** The steps of a sequence that follow those of the cache. */
  MultiHeadAttention.Result run(Tensor input, KeyValueCache past, Pass pass) {
    var attended = attention.run(norm1.forward(input, pass), past, AttentionMask.causal(), pass);
    Tensor output =
        observed(
            pass,
            () -> {
              Tensor x = input.add(dropout.forward(attended.output(), pass));
              Tensor added = feedForward.forward(norm2.forward(x, pass), pass);
              return x.add(dropout.forward(added, pass));
            });
    return new MultiHeadAttention.Result(output, attended.cache());
  }

  /** {@code c_proj(gelu(c_fc(x)))} with GPT-2's approximate gelu. */
  private static final class FeedForward extends Layer {
    private final Dense first;
    private final Dense second;

    FeedForward(int dim, int hidden) {
      first = child("c_fc", new Dense(dim, hidden));
      second = child("c_proj", new Dense(hidden, dim));
    }

    @Override
    protected Tensor compute(Tensor input, Pass pass) {
      Tensor hidden = Workspace.tidy(() -> first.forward(input, pass).geluTanh());
      return second.forward(hidden, pass);
    }
  }
}
