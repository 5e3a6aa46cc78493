package org.lawu.tensor;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lawu.internal.operation.Gru;
import org.lawu.internal.operation.Lstm;
import org.lawu.internal.operation.Recurrent;
import org.lawu.internal.operation.Rnn;

/**
 * Recurrent layers over a whole sequence, each in one piece: {@code org.lawu.nn.layer.Lstm} and its
 * like are made of them.
 *
 * <pre>{@code
 * var weights = new Recurrence.Weights(weightIh, weightHh, biasIh, biasHh);
 * var result = Recurrence.direction(false).lstm(x, weights, h, c);
 * }</pre>
 *
 * <p>Shapes: {@code x [t, n, in]}, time first; states {@code [n, hidden]}. With lengths, INT32
 * {@code [n]} of 0 to t, each row of the batch is a sequence of its own length: its output after it
 * is 0, its last state that after its last step, and backward in time it begins there (as PyTorch's
 * packed sequences do).
 *
 * <p>Errors: {@link org.lawu.error.ShapeException} if shapes do not fit, {@link
 * org.lawu.error.DTypeException} if element types differ, {@link org.lawu.error.IndexException} for
 * a length that is out of range.
 *
 * @param reverse whether to run backward in time
 * @param lengths of the rows, or null if all steps are real
 */
public record Recurrence(boolean reverse, @Nullable Tensor lengths) {

  /**
   * The parameters, in blocks of {@code hidden} rows for each gate.
   *
   * @param ih {@code [gates * hidden, in]}
   * @param hh {@code [gates * hidden, hidden]}
   * @param biasIh {@code [gates * hidden]}
   * @param biasHh {@code [gates * hidden]}
   */
  public record Weights(Tensor ih, Tensor hh, Tensor biasIh, Tensor biasHh) {}

  /**
   * What it gives.
   *
   * @param sequence the state after every step, in the order of time, {@code [t, n, hidden]}
   * @param state the parts of the state after the last step, each {@code [n, hidden]}
   */
  public record Result(Tensor sequence, List<Tensor> state) {}

  /** All steps of all rows. */
  public static Recurrence direction(boolean reverse) {
    return new Recurrence(reverse, null);
  }

  /** {@code h = tanh(W_ih x + b_ih + W_hh h + b_hh)}, or {@code relu} in place of {@code tanh}. */
  public Result rnn(boolean relu, Tensor x, Weights weights, Tensor h) {
    return run(new Rnn(relu, reverse), x, weights, h);
  }

  /** Long short-term memory; the gates in the order i, f, g, o. */
  public Result lstm(Tensor x, Weights weights, Tensor h, Tensor c) {
    return run(new Lstm(reverse), x, weights, h, c);
  }

  /** Gated recurrent unit; the gates in the order r, z, n. */
  public Result gru(Tensor x, Weights weights, Tensor h) {
    return run(new Gru(reverse), x, weights, h);
  }

  private Result run(Recurrent operation, Tensor x, Weights weights, Tensor... state) {
    List<Tensor> inputs = new ArrayList<>();
    inputs.addAll(List.of(x, weights.ih, weights.hh, weights.biasIh, weights.biasHh));
    inputs.addAll(List.of(state));
    if (lengths != null) {
      inputs.add(lengths);
    }
    Tensor all = Engine.apply(operation, inputs.toArray(new Tensor[0]));
    int steps = x.size(0);
    List<Tensor> last = new ArrayList<>();
    for (int part = 0; part < state.length; part++) {
      last.add(all.select(0, steps + part));
    }
    return new Result(all.slice(0, 0, steps), List.copyOf(last));
  }
}
