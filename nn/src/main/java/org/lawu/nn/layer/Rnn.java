package org.lawu.nn.layer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lawu.io.Config;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Recurrence;
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
 * <p>Rows of the batch may be sequences of different lengths that are filled up to one: {@link
 * #runPadded} takes the lengths, or a mask. The output is 0 after the last real step, the last
 * state is that after it, and backward in time a row begins there; so what a row was filled up with
 * does not matter.
 *
 * <pre>{@code
 * var rnn = new Rnn(64, 128);
 * Tensor tokens = Tensor.of(new int[] {17, 4, 8, 9, 0, 0}, 2, 3); // 0 fills up
 * var result = rnn.runPadded(embedding.predict(tokens), tokens.notEqual(0), Pass.inference());
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
    return result(input, null, null, pass);
  }

  /**
   * Runs from a given state, such as that of the run before.
   *
   * @throws org.lawu.error.ShapeException if input or state do not fit
   */
  public Result run(Tensor input, Tensor state, Pass pass) {
    return result(input, List.of(state), null, pass);
  }

  /**
   * Runs sequences of different lengths from a zero state.
   *
   * @param input {@code [n, t, in]}
   * @param real how many steps of each row are real, INT32 {@code [n]} of 0 to t, or which, BOOL
   *     {@code [n, t]} with the real ones (true) first
   * @throws org.lawu.error.ShapeException if input or lengths do not fit
   * @throws org.lawu.error.ArgumentException if a length is out of range, or padding comes before a
   *     real step
   */
  public Result runPadded(Tensor input, Tensor real, Pass pass) {
    return result(input, null, real, pass);
  }

  /**
   * Runs sequences of different lengths from a given state.
   *
   * @param real as in {@link #runPadded(Tensor, Tensor, Pass)}
   * @throws org.lawu.error.ShapeException if input, state or lengths do not fit
   * @throws org.lawu.error.ArgumentException if a length is out of range, or padding comes before a
   *     real step
   */
  public Result runPadded(Tensor input, Tensor state, Tensor real, Pass pass) {
    return result(input, List.of(state), real, pass);
  }

  private Result result(
      Tensor input, @Nullable List<Tensor> state, @Nullable Tensor real, Pass pass) {
    Outcome outcome = located(() -> run(input, 1, state, real, pass));
    return new Result(outcome.sequence(), outcome.last().getFirst());
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return run(input, 1, null, null, pass).sequence();
  }

  @Override
  Recurrence.Result scan(
      Recurrence recurrence, Tensor input, Recurrence.Weights weights, List<Tensor> state) {
    return recurrence.rnn(nonlinearity == Nonlinearity.RELU, input, weights, state.getFirst());
  }

  @Override
  public Rnn initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  public Config config() {
    return super.config().with("nonlinearity", Setting.name(nonlinearity));
  }

  /** The layer that {@link #config} describes. */
  public static Rnn of(Config config) {
    return new Rnn(
        config.integer("inputs"),
        config.integer("hidden"),
        Setting.choice(config, "nonlinearity", Nonlinearity.class),
        config.integer("layers"),
        config.truth("bidirectional"),
        config.number("dropout"));
  }
}
