package org.lawu.nn.layer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * The simple recurrent layer: {@code h = tanh(W_ih x + b_ih + W_hh h + b_hh)} for each time step,
 * or {@code relu} in place of {@code tanh}. Elman, "Finding structure in time" (Cognitive Science
 * 1990); PyTorch's {@code RNN} with {@code batch_first}. {@link Lstm} and {@link Gru} remember
 * longer.
 *
 * <pre>{@code
 * var rnn = new Rnn(64, 128);
 * Tensor sequence = rnn.predict(Tensor.zeros(32, 20, 64)); // [32, 20, 128]
 *
 * Rnn.Result first = rnn.run(beginning, Pass.inference());
 * Rnn.Result second = rnn.run(rest, first.state(), Pass.inference());
 * }</pre>
 *
 * <p>Shapes: {@code [n, t, in]} to {@code [n, t, directions * hidden]}; the state is {@code [layers
 * * directions, n, hidden]}, of which each layer has the forward direction first. Parameters of
 * layer {@code k}: {@code weight_ih_lk [hidden, in]} (or {@code [hidden, directions * hidden]}
 * above the first), {@code weight_hh_lk [hidden, hidden]}, {@code bias_ih_lk} and {@code bias_hh_lk
 * [hidden]}; those of the backward direction end in {@code _reverse}. All are uniform in {@code
 * [-1/sqrt(hidden), 1/sqrt(hidden))} at first.
 */
public final class Rnn extends Recurrent {
  private final Nonlinearity nonlinearity;

  /** What bounds the state. */
  public enum Nonlinearity {
    /** Hyperbolic tangent. */
    TANH,
    /** {@code max(x, 0)}; it does not bound the state, and does not flatten gradients. */
    RELU
  }

  /**
   * What a run gives.
   *
   * @param sequence the last layer's state at every step, {@code [n, t, directions * hidden]}
   * @param state the states of all layers after the last step (of the backward direction: after the
   *     first), {@code [layers * directions, n, hidden]}
   */
  public record Result(Tensor sequence, Tensor state) {}

  /**
   * One layer with tanh, in the direction of time.
   *
   * @throws org.lawu.error.ArgumentException if a size is below 1
   */
  public Rnn(int in, int hidden) {
    this(in, hidden, Nonlinearity.TANH, 1, false, 0);
  }

  /**
   * Layers on top of each other.
   *
   * @param bidirectional whether each layer also runs backward in time; the two outputs are joined
   * @param dropout the share of each layer's output, but the last's, that training drops
   * @throws org.lawu.error.ArgumentException if a size is below 1, or the dropout is not at least 0
   *     and below 1
   */
  public Rnn(
      int in,
      int hidden,
      Nonlinearity nonlinearity,
      int layers,
      boolean bidirectional,
      double dropout) {
    super("rnn", 1, in, hidden, layers, bidirectional, dropout);
    this.nonlinearity = nonlinearity;
  }

  /** Runs from a zero state. */
  public Result run(Tensor input, Pass pass) {
    return result(input, null, pass);
  }

  /**
   * Runs from a given state, such as that of the run before.
   *
   * @throws org.lawu.error.ShapeException if input or state do not fit
   */
  public Result run(Tensor input, Tensor state, Pass pass) {
    return result(input, List.of(state), pass);
  }

  private Result result(Tensor input, @Nullable List<Tensor> state, Pass pass) {
    Outcome outcome = located(() -> run(input, 1, state, pass));
    return new Result(outcome.sequence(), outcome.last().getFirst());
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return run(input, 1, null, pass).sequence();
  }

  @Override
  Scan scan(Tensor input, List<Tensor> state, Track track) {
    Tensor weight = track.weightHh().value();
    Tensor bias = track.biasIh().value().add(track.biasHh().value());
    Tensor products = input.linear(track.weightIh().value(), bias);
    return Steps.scan(
        products,
        state,
        track.reverse(),
        (x, before) -> List.of(activated(x.add(before.getFirst().linear(weight)))));
  }

  private Tensor activated(Tensor sum) {
    return switch (nonlinearity) {
      case TANH -> sum.tanh();
      case RELU -> sum.relu();
    };
  }

  @Override
  public Rnn initialize(Philox random) {
    super.initialize(random);
    return this;
  }
}
