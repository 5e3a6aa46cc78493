package org.lawu.nn.layer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lawu.io.Config;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Recurrence;
import org.lawu.tensor.Tensor;

/**
 * Long short-term memory; Hochreiter and Schmidhuber, "Long short-term memory" (Neural Computation
 * 1997), with the forget gate of Gers et al. (2000); PyTorch's {@code LSTM} with {@code
 * batch_first}. For each time step, with {@code *} elementwise:
 *
 * <pre>
 * i = sigmoid(W_ii x + b_ii + W_hi h + b_hi)    input gate
 * f = sigmoid(W_if x + b_if + W_hf h + b_hf)    forget gate
 * g =    tanh(W_ig x + b_ig + W_hg h + b_hg)    candidate
 * o = sigmoid(W_io x + b_io + W_ho h + b_ho)    output gate
 * c = f * c + i * g
 * h = o * tanh(c)
 * </pre>
 *
 * <pre>{@code
 * var lstm = new Lstm(64, 128);
 * Tensor sequence = lstm.predict(Tensor.zeros(32, 20, 64)); // [32, 20, 128]
 *
 * Lstm.Result first = lstm.run(beginning, Pass.inference());
 * Lstm.Result second = lstm.run(rest, first.state(), Pass.inference());
 * }</pre>
 *
 * <p>Rows of the batch may be sequences of different lengths that are filled up to one: {@link
 * #runPadded} takes the lengths, or a mask. The output is 0 after the last real step, the last
 * state is that after it, and backward in time a row begins there; so what a row was filled up with
 * does not matter.
 *
 * <pre>{@code
 * var lstm = new Lstm(64, 128);
 * Tensor tokens = Tensor.of(new int[] {17, 4, 8, 9, 0, 0}, 2, 3); // 0 fills up
 * var result = lstm.runPadded(embedding.predict(tokens), tokens.notEqual(0), Pass.inference());
 * }</pre>
 *
 * <p>Shapes: {@code [n, t, in]} to {@code [n, t, directions * hidden]}; states {@code [layers *
 * directions, n, hidden]}, of which each layer has the forward direction first. Parameters of layer
 * {@code k}: {@code weight_ih_lk [4 hidden, in]} (or {@code [4 hidden, directions * hidden]} above
 * the first), {@code weight_hh_lk [4 hidden, hidden]}, {@code bias_ih_lk} and {@code bias_hh_lk [4
 * hidden]}, the gates in the order i, f, g, o; those of the backward direction end in {@code
 * _reverse}. All are uniform in {@code [-1/sqrt(hidden), 1/sqrt(hidden))} at first.
 */
public final class Lstm extends Recurrent {
  private static final int GATES = 4;

  /**
   * The hidden state and the cell state of every layer and direction.
   *
   * @param h {@code [layers * directions, n, hidden]}
   * @param c {@code [layers * directions, n, hidden]}
   */
  public record State(Tensor h, Tensor c) {}

  /**
   * What a run gives.
   *
   * @param sequence the last layer's {@code h} at every step, {@code [n, t, directions * hidden]}
   * @param state the states after the last step (of the backward direction: after the first)
   */
  public record Result(Tensor sequence, State state) {}

  /**
   * One layer, in the direction of time.
   *
   * @throws org.lawu.error.ArgumentException if a size is below 1
   */
  public Lstm(int in, int hidden) {
    this(in, hidden, 1, false, 0);
  }

  /**
   * Layers on top of each other.
   *
   * @param bidirectional whether each layer also runs backward in time; the two outputs are joined
   * @param dropout the share of each layer's output, but the last's, that training drops
   * @throws org.lawu.error.ArgumentException if a size is below 1, or the dropout is not at least 0
   *     and below 1
   */
  public Lstm(int in, int hidden, int layers, boolean bidirectional, double dropout) {
    super("lstm", GATES, in, hidden, layers, bidirectional, dropout);
  }

  /** Runs from zero states. */
  public Result run(Tensor input, Pass pass) {
    return result(input, null, null, pass);
  }

  /**
   * Runs from given states, such as those of the run before.
   *
   * @throws org.lawu.error.ShapeException if input or states do not fit
   */
  public Result run(Tensor input, State state, Pass pass) {
    return result(input, List.of(state.h(), state.c()), null, pass);
  }

  /**
   * Runs sequences of different lengths from zero states.
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
   * Runs sequences of different lengths from given states.
   *
   * @param real as in {@link #runPadded(Tensor, Tensor, Pass)}
   * @throws org.lawu.error.ShapeException if input, state or lengths do not fit
   * @throws org.lawu.error.ArgumentException if a length is out of range, or padding comes before a
   *     real step
   */
  public Result runPadded(Tensor input, State state, Tensor real, Pass pass) {
    return result(input, List.of(state.h(), state.c()), real, pass);
  }

  private Result result(
      Tensor input, @Nullable List<Tensor> state, @Nullable Tensor real, Pass pass) {
    Outcome outcome = located(() -> run(input, 2, state, real, pass));
    return new Result(
        outcome.sequence(), new State(outcome.last().getFirst(), outcome.last().getLast()));
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return run(input, 2, null, null, pass).sequence();
  }

  @Override
  Recurrence.Result scan(
      Recurrence recurrence, Tensor input, Recurrence.Weights weights, List<Tensor> state) {
    return recurrence.lstm(input, weights, state.getFirst(), state.getLast());
  }

  @Override
  public Lstm initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  /** The layer that {@link #config} describes. */
  public static Lstm of(Config config) {
    return new Lstm(
        config.integer("inputs"),
        config.integer("hidden"),
        config.integer("layers"),
        config.truth("bidirectional"),
        config.number("dropout"));
  }
}
