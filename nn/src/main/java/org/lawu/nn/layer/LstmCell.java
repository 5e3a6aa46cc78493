package org.lawu.nn.layer;

import org.lawu.io.Config;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * One step of an {@link Lstm}, whose formula it has, for loops of your own, such as a decoder that
 * reads what it wrote. Hochreiter and Schmidhuber, "Long short-term memory" (Neural Computation
 * 1997); PyTorch's {@code LSTMCell}.
 *
 * <pre>{@code
 * var cell = new LstmCell(64, 128);
 * var state = new LstmCell.State(Tensor.zeros(32, 128), Tensor.zeros(32, 128));
 * for (Tensor x : steps) { // each [32, 64]
 *   state = cell.forward(x, state, pass);
 * }
 * }</pre>
 *
 * <p>Shapes: {@code [n, in]} and two states {@code [n, hidden]} to the next two. Parameters: {@code
 * weight_ih [4 hidden, in]}, {@code weight_hh [4 hidden, hidden]}, {@code bias_ih} and {@code
 * bias_hh [4 hidden]}, the gates in the order i, f, g, o, uniform in {@code [-1/sqrt(hidden),
 * 1/sqrt(hidden))} at first. As a layer of one input it begins with zero states and gives {@code
 * h}.
 */
public final class LstmCell extends RecurrentCell {
  private static final int GATES = 4;

  /**
   * What one step hands to the next.
   *
   * @param h the hidden state, which is also the output, {@code [n, hidden]}
   * @param c the cell state, {@code [n, hidden]}
   */
  public record State(Tensor h, Tensor c) {}

  /**
   * A cell.
   *
   * @throws org.lawu.error.ArgumentException if a size is below 1
   */
  public LstmCell(int in, int hidden) {
    super("lstmCell", GATES, in, hidden);
  }

  /**
   * The next state.
   *
   * @throws org.lawu.error.ShapeException if input or states do not fit
   */
  public State forward(Tensor input, State state, Pass pass) {
    return located(() -> step(input, state));
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    Tensor zeros = zeros(input);
    return step(input, new State(zeros, zeros)).h();
  }

  private State step(Tensor input, State state) {
    check(input);
    checkState(state.h(), input);
    checkState(state.c(), input);
    Tensor gates = ofInput(input).add(ofState(state.h()));
    Tensor admit = block(gates, 0).sigmoid();
    Tensor forget = block(gates, 1).sigmoid();
    Tensor candidate = block(gates, 2).tanh();
    Tensor output = block(gates, 3).sigmoid();
    Tensor c = forget.mul(state.c()).add(admit.mul(candidate));
    return new State(output.mul(c.tanh()), c);
  }

  @Override
  public LstmCell initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  /** The layer that {@link #config} describes. */
  public static LstmCell of(Config config) {
    return new LstmCell(config.integer("inputs"), config.integer("hidden"));
  }
}
