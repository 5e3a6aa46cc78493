package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;

import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.initializer.Uniform;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/** What the cells share: parameters under PyTorch's names, checks, the products of a step. */
abstract sealed class RecurrentCell extends Layer permits RnnCell, LstmCell, GruCell {
  private final String kind;
  private final int in;
  private final int hidden;
  private final Parameter weightIh;
  private final Parameter weightHh;
  private final Parameter biasIh;
  private final Parameter biasHh;

  /**
   * Registers the parameters.
   *
   * @param gates the number of blocks of {@code hidden} rows in the weights
   */
  RecurrentCell(String kind, int gates, int in, int hidden) {
    this.kind = kind;
    this.in = positive(kind, "in", in);
    this.hidden = positive(kind, "hidden", hidden);
    double bound = 1 / Math.sqrt(hidden);
    var initial = new Uniform(-bound, bound);
    int rows = Math.multiplyExact(gates, hidden);
    weightIh = parameter("weight_ih", Shape.of(rows, in), initial);
    weightHh = parameter("weight_hh", Shape.of(rows, hidden), initial);
    biasIh = parameter("bias_ih", Shape.of(rows), initial);
    biasHh = parameter("bias_hh", Shape.of(rows), initial);
  }

  /** {@code W_i x + b_i}, {@code [n, gates * hidden]}. */
  final Tensor ofInput(Tensor input) {
    return input.linear(weightIh.value(), biasIh.value());
  }

  /** {@code W_h h + b_h}, {@code [n, gates * hidden]}. */
  final Tensor ofState(Tensor state) {
    return state.linear(weightHh.value(), biasHh.value());
  }

  /** Block {@code i} of {@code hidden} columns. */
  final Tensor block(Tensor gates, int i) {
    return gates.slice(-1, i * hidden, (i + 1) * hidden);
  }

  /** The state to begin with, {@code [n, hidden]}; refuses an input that does not fit. */
  final Tensor zeros(Tensor input) {
    check(input);
    return Tensor.zeros(Shape.of(input.size(0), hidden), input.dtype());
  }

  final void check(Tensor input) {
    if (!input.dtype().isFloating()) {
      throw new DTypeException(
          "%s: needs FLOAT32 or FLOAT64, got %s %s; convert with .to(DType.FLOAT32)"
              .formatted(kind, input.dtype(), input.shape()));
    }
    if (input.rank() != 2 || input.size(1) != in) {
      throw new ShapeException(
          "%s: input must be [batch, %d], got %s".formatted(kind, in, input.shape()));
    }
  }

  final void checkState(Tensor state, Tensor input) {
    Shape expected = Shape.of(input.size(0), hidden);
    if (!state.shape().equals(expected)) {
      throw new ShapeException(
          "%s: the state must be [batch, hidden] = %s for the input %s, got %s"
              .formatted(kind, expected, input.shape(), state.shape()));
    }
    if (state.dtype() != input.dtype()) {
      throw new DTypeException(
          "%s: the state must be %s as the input is, got %s"
              .formatted(kind, input.dtype(), state.dtype()));
    }
  }

  @Override
  protected String description() {
    return "%s(%d, %d)".formatted(getClass().getSimpleName(), in, hidden);
  }

  @Override
  public Config config() {
    return Config.of("kind", getClass().getSimpleName()).with("inputs", in).with("hidden", hidden);
  }
}
