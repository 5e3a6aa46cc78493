package org.lawu.nn.layer;

import org.lawu.io.Config;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * One step of a {@link Gru}, whose formula it has, for loops of your own. Cho et al., "Learning
 * phrase representations using RNN encoder-decoder" (EMNLP 2014); PyTorch's {@code GRUCell}.
 *
 * <pre>{@code
 * var cell = new GruCell(64, 128);
 * Tensor h = Tensor.zeros(32, 128);
 * for (Tensor x : steps) { // each [32, 64]
 *   h = cell.forward(x, h, pass);
 * }
 * }</pre>
 *
 * <p>Shapes: {@code [n, in]} and the state {@code [n, hidden]} to the next state {@code [n,
 * hidden]}. Parameters: {@code weight_ih [3 hidden, in]}, {@code weight_hh [3 hidden, hidden]},
 * {@code bias_ih} and {@code bias_hh [3 hidden]}, the gates in the order r, z, n, uniform in {@code
 * [-1/sqrt(hidden), 1/sqrt(hidden))} at first. As a layer of one input it begins with a zero state.
 */
public final class GruCell extends RecurrentCell {
  private static final int GATES = 3;

  /**
   * A cell.
   *
   * @throws org.lawu.error.ArgumentException if a size is below 1
   */
  public GruCell(int in, int hidden) {
    super("gruCell", GATES, in, hidden);
  }

  /**
   * The next state.
   *
   * @throws org.lawu.error.ShapeException if input or state do not fit
   */
  public Tensor forward(Tensor input, Tensor state, Pass pass) {
    return observed(pass, () -> step(input, state));
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return step(input, zeros(input));
  }

  private Tensor step(Tensor input, Tensor state) {
    check(input);
    checkState(state, input);
    Tensor x = ofInput(input);
    Tensor h = ofState(state);
    Tensor reset = block(x, 0).add(block(h, 0)).sigmoid();
    Tensor update = block(x, 1).add(block(h, 1)).sigmoid();
    Tensor candidate = block(x, 2).add(reset.mul(block(h, 2))).tanh();
    return candidate.add(update.mul(state.sub(candidate)));
  }

  @Override
  public GruCell initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  /** The layer that {@link #config} describes. */
  public static GruCell of(Config config) {
    return new GruCell(config.integer("inputs"), config.integer("hidden"));
  }
}
