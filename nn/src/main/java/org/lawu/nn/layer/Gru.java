package org.lawu.nn.layer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * Gated recurrent unit; Cho et al., "Learning phrase representations using RNN encoder-decoder"
 * (EMNLP 2014), in the variant that PyTorch's {@code GRU} with {@code batch_first} computes. For
 * each time step, with {@code *} elementwise:
 *
 * <pre>
 * r = sigmoid(W_ir x + b_ir + W_hr h + b_hr)      reset gate
 * z = sigmoid(W_iz x + b_iz + W_hz h + b_hz)      update gate
 * n = tanh(W_in x + b_in + r * (W_hn h + b_hn))   candidate
 * h = (1 - z) * n + z * h
 * </pre>
 *
 * <pre>{@code
 * var gru = new Gru(64, 128);
 * Tensor sequence = gru.predict(Tensor.zeros(32, 20, 64)); // [32, 20, 128]
 *
 * Gru.Result first = gru.run(beginning, Pass.inference());
 * Gru.Result second = gru.run(rest, first.state(), Pass.inference());
 * }</pre>
 *
 * <p>Shapes: {@code [n, t, in]} to {@code [n, t, directions * hidden]}; the state is {@code [layers
 * * directions, n, hidden]}, of which each layer has the forward direction first. Parameters of
 * layer {@code k}: {@code weight_ih_lk [3 hidden, in]} (or {@code [3 hidden, directions * hidden]}
 * above the first), {@code weight_hh_lk [3 hidden, hidden]}, {@code bias_ih_lk} and {@code
 * bias_hh_lk [3 hidden]}, the gates in the order r, z, n; those of the backward direction end in
 * {@code _reverse}. All are uniform in {@code [-1/sqrt(hidden), 1/sqrt(hidden))} at first.
 */
public final class Gru extends Recurrent {
  private static final int GATES = 3;

  /**
   * What a run gives.
   *
   * @param sequence the last layer's state at every step, {@code [n, t, directions * hidden]}
   * @param state the states of all layers after the last step (of the backward direction: after the
   *     first), {@code [layers * directions, n, hidden]}
   */
  public record Result(Tensor sequence, Tensor state) {}

  /**
   * One layer, in the direction of time.
   *
   * @throws org.lawu.error.ArgumentException if a size is below 1
   */
  public Gru(int in, int hidden) {
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
  public Gru(int in, int hidden, int layers, boolean bidirectional, double dropout) {
    super("gru", GATES, in, hidden, layers, bidirectional, dropout);
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
    Tensor bias = track.biasHh().value();
    Tensor gates = input.linear(track.weightIh().value(), track.biasIh().value());
    return Steps.scan(
        gates,
        state,
        track.reverse(),
        (x, before) -> step(x, before.getFirst().linear(weight, bias), before.getFirst()));
  }

  private List<Tensor> step(Tensor x, Tensor product, Tensor before) {
    int n = hidden();
    Tensor gates = x.slice(-1, 0, 2 * n).add(product.slice(-1, 0, 2 * n)).sigmoid();
    Tensor reset = gates.slice(-1, 0, n);
    Tensor update = gates.slice(-1, n, 2 * n);
    Tensor candidate =
        x.slice(-1, 2 * n, 3 * n).add(reset.mul(product.slice(-1, 2 * n, 3 * n))).tanh();
    return List.of(candidate.add(update.mul(before.sub(candidate))));
  }

  @Override
  public Gru initialize(Philox random) {
    super.initialize(random);
    return this;
  }
}
