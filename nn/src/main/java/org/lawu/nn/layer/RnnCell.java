package org.lawu.nn.layer;

import org.lawu.io.Config;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * One step of an {@link Rnn}, for loops of your own: {@code h' = tanh(W_ih x + b_ih + W_hh h +
 * b_hh)}, or relu in its place. Elman, "Finding structure in time" (Cognitive Science 1990);
 * PyTorch's {@code RNNCell}.
 *
 * <pre>{@code
 * var cell = new RnnCell(64, 128);
 * Tensor h = Tensor.zeros(32, 128);
 * for (Tensor x : steps) { // each [32, 64]
 *   h = cell.forward(x, h, pass);
 * }
 * }</pre>
 *
 * <p>Shapes: {@code [n, in]} and the state {@code [n, hidden]} to the next state {@code [n,
 * hidden]}. Parameters: {@code weight_ih [hidden, in]}, {@code weight_hh [hidden, hidden]}, {@code
 * bias_ih} and {@code bias_hh [hidden]}, uniform in {@code [-1/sqrt(hidden), 1/sqrt(hidden))} at
 * first. As a layer of one input it begins with a zero state.
 */
public final class RnnCell extends RecurrentCell {
  private final Rnn.Nonlinearity nonlinearity;

  /**
   * With tanh.
   *
   * @throws org.lawu.error.ArgumentException if a size is below 1
   */
  public RnnCell(int in, int hidden) {
    this(in, hidden, Rnn.Nonlinearity.TANH);
  }

  /**
   * With a nonlinearity.
   *
   * @throws org.lawu.error.ArgumentException if a size is below 1
   */
  public RnnCell(int in, int hidden, Rnn.Nonlinearity nonlinearity) {
    super("rnnCell", 1, in, hidden);
    this.nonlinearity = nonlinearity;
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
    Tensor sum = ofInput(input).add(ofState(state));
    return switch (nonlinearity) {
      case TANH -> sum.tanh();
      case RELU -> sum.relu();
    };
  }

  @Override
  public RnnCell initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  public Config config() {
    return super.config().with("nonlinearity", Setting.name(nonlinearity));
  }

  /** The layer that {@link #config} describes. */
  public static RnnCell of(Config config) {
    return new RnnCell(
        config.integer("inputs"),
        config.integer("hidden"),
        Setting.choice(config, "nonlinearity", Rnn.Nonlinearity.class));
  }
}
