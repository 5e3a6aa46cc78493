package org.lawu.internal.operation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lawu.error.IndexException;
import org.lawu.error.ShapeException;
import org.lawu.internal.array.NdArray;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * One direction of one recurrent layer over a whole sequence. Inputs: {@code x [t, n, in]}, {@code
 * weight_ih [gates * hidden, in]}, {@code weight_hh [gates * hidden, hidden]}, {@code bias_ih} and
 * {@code bias_hh [gates * hidden]}, the parts of the initial state {@code [n, hidden]}, and maybe
 * INT32 lengths {@code [n]}. A row of the batch leaves its state alone after its length, and its
 * output is 0 there; backward in time it begins at its last step.
 *
 * <p>Output {@code [t + parts, n, hidden]}: the state {@code h} after every step in the order of
 * time, then the parts of the last state.
 */
public sealed interface Recurrent extends Fused permits Lstm, Gru, Rnn {

  /** Where the parts of the state begin among the inputs. */
  int STATE = 5;

  /** Whether it runs backward in time. */
  boolean reverse();

  /** The number of blocks of rows of the weights. */
  int gates();

  /** How many tensors the state has, of which the first is the output. */
  int parts();

  /** The last so many gates see the weighted state by itself, not in a sum with the input's. */
  int apart();

  /** Whether steps keep {@code [n, hidden]} elements beside the activated gates. */
  boolean keepsMore();

  /** The bias to add to the weighted input when all is computed in tensor operations. */
  Tensor inputBias(Tensor biasIh, Tensor biasHh);

  /**
   * The parts of the next state, in tensor operations.
   *
   * @param x the weighted input of the step, with its bias
   */
  List<Tensor> next(Tensor x, List<Tensor> state, Tensor weight, Tensor bias);

  @Override
  default Saves saves() {
    return Saves.BOTH;
  }

  @Override
  default void check(NdArray... inputs) {
    NdArray x = inputs[0];
    Check.floating(name(), x);
    for (int i = 1; i < STATE + parts(); i++) {
      Check.sameType(name(), x, inputs[i]);
    }
    if (x.shape().rank() != 3) {
      throw new ShapeException(
          "%s: the input must be [time, batch, in], got %s".formatted(name(), x.shape()));
    }
    Shape weight = inputs[2].shape();
    if (weight.rank() != 2 || weight.size(1) == 0) {
      throw new ShapeException(
          "%s: weight_hh must be [%d * hidden, hidden], got %s".formatted(name(), gates(), weight));
    }
    int batch = x.shape().size(1);
    int hidden = weight.size(1);
    int rows = gates() * hidden;
    checkShape("weight_ih", inputs, 1, Shape.of(rows, x.shape().size(2)));
    checkShape("weight_hh", inputs, 2, Shape.of(rows, hidden));
    checkShape("bias_ih", inputs, 3, Shape.of(rows));
    checkShape("bias_hh", inputs, 4, Shape.of(rows));
    for (int part = 0; part < parts(); part++) {
      checkShape("the state", inputs, STATE + part, Shape.of(batch, hidden));
    }
    if (inputs.length > STATE + parts()) {
      Check.type(name(), "the lengths", inputs[STATE + parts()], DType.INT32);
      checkShape("the lengths", inputs, STATE + parts(), Shape.of(batch));
      checkLengths(inputs[STATE + parts()].contiguous(), x.shape().size(0));
    }
  }

  private void checkShape(String what, NdArray[] inputs, int i, Shape expected) {
    if (!inputs[i].shape().equals(expected)) {
      throw new ShapeException(
          "%s: %s must be %s, got %s (input %s, weight_hh %s)"
              .formatted(
                  name(), what, expected, inputs[i].shape(), inputs[0].shape(), inputs[2].shape()));
    }
  }

  private void checkLengths(NdArray lengths, int steps) {
    for (int row = 0; row < lengths.elements(); row++) {
      int length = lengths.ints()[lengths.offset() + row];
      if (length < 0 || length > steps) {
        throw new IndexException(
            "%s: length %d of row %d must be from 0 to %d, the steps there are"
                .formatted(name(), length, row, steps));
      }
    }
  }

  @Override
  default Result compute(boolean keep, NdArray... inputs) {
    return new RecurrentForward(this, RecurrentInputs.of(this, inputs), keep).run();
  }

  @Override
  default @Nullable NdArray[] gradients(Call call) {
    return new RecurrentBackward(this, call).run();
  }

  @Override
  default Tensor composed(Steps steps, Tensor... inputs) {
    Tensor lengths = inputs.length > STATE + parts() ? inputs[STATE + parts()] : null;
    Tensor products = inputs[0].linear(inputs[1], inputBias(inputs[3], inputs[4]));
    List<Tensor> state = List.of(inputs).subList(STATE, STATE + parts());
    int count = inputs[0].size(0);
    List<Tensor> outputs = new ArrayList<>();
    for (int step = 0; step < count; step++) {
      int at = reverse() ? count - 1 - step : step;
      List<Tensor> next = next(products.select(0, at), state, inputs[2], inputs[4]);
      Tensor output = next.getFirst();
      if (lengths != null) {
        Tensor runs = lengths.greater(at).unsqueeze(1);
        output = Tensor.where(runs, output, Tensor.scalar(0, output.dtype()));
        List<Tensor> kept = new ArrayList<>();
        for (int part = 0; part < parts(); part++) {
          kept.add(Tensor.where(runs, next.get(part), state.get(part)));
        }
        next = kept;
      }
      outputs.add(reverse() ? 0 : step, output);
      state = next;
    }
    outputs.addAll(state);
    return Tensor.stack(0, outputs);
  }
}
