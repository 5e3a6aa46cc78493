package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;

import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Workspace;

/**
 * The feed-forward part of Llama's layers, in which one linear map gates another: {@code y = w2(
 * silu(w1 x) * w3 x)}, with {@code *} elementwise. Shazeer, "GLU variants improve Transformer"
 * (2020).
 *
 * <pre>{@code
 * Tensor y = new SwiGlu(512, 1376).predict(Tensor.zeros(8, 20, 512));
 * }</pre>
 *
 * <p>Shapes: {@code [..., dim]}, kept. Parameters, under the names of Llama: {@code w1.weight
 * [hidden, dim]}, {@code w2.weight [dim, hidden]}, {@code w3.weight [hidden, dim]}, as in {@link
 * Dense} at first.
 */
public final class SwiGlu extends Layer {
  private final int dim;
  private final int hidden;
  private final Dense gate;
  private final Dense down;
  private final Dense up;

  /**
   * With {@code hidden} numbers between the maps; two thirds of what an ordinary feed-forward part
   * has makes it as large, usually {@code 8 / 3 dim}.
   *
   * @throws org.lawu.error.ArgumentException if a number is below 1
   */
  public SwiGlu(int dim, int hidden) {
    this.dim = positive("swiGlu", "dim", dim);
    this.hidden = positive("swiGlu", "hidden", hidden);
    this.gate = child("w1", Dense.withoutBias(dim, hidden));
    this.down = child("w2", Dense.withoutBias(hidden, dim));
    this.up = child("w3", Dense.withoutBias(dim, hidden));
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    if (input.rank() == 0 || input.size(-1) != dim) {
      throw new ShapeException(
          "swiGlu: input must be [..., %d], got %s".formatted(dim, input.shape()));
    }
    Tensor gated =
        Workspace.tidy(() -> gate.forward(input, pass).silu().mul(up.forward(input, pass)));
    return down.forward(gated, pass);
  }

  @Override
  public SwiGlu initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  protected String description() {
    return "SwiGlu(%d, hidden %d)".formatted(dim, hidden);
  }

  @Override
  public Config config() {
    return Config.of("kind", "SwiGlu").with("dim", dim).with("hidden", hidden);
  }

  /** The layer that {@link #config} describes. */
  public static SwiGlu of(Config config) {
    return new SwiGlu(config.integer("dim"), config.integer("hidden"));
  }
}
