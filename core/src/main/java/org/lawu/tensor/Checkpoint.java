package org.lawu.tensor;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lawu.error.GradientException;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.operation.Backward;
import org.lawu.internal.operation.GradientRule;

/**
 * Stands in a graph for a computation that keeps its inputs and nothing else. When the gradient
 * arrives, backpropagation has it {@link #recompute}, and goes on in the graph that this makes, as
 * if it had always been there: hence the same gradients to the bit. Gradients of gradients work
 * too.
 *
 * @param fingerprint of the result, by which a computation that is not repeatable is found out
 */
record Checkpoint(
    Function<List<Tensor>, Tensor> function, List<Tensor> inputs, Shape shape, int fingerprint)
    implements GradientRule {

  /** Runs the function, and forgets all but its result. */
  static Tensor run(Function<List<Tensor>, Tensor> function, List<Tensor> inputs) {
    Tensor output = function.apply(inputs);
    if (output.node == null) {
      return output;
    }
    var rule = new Checkpoint(function, inputs, output.shape(), fingerprint(output.array));
    // Of the very rank, so that the order in which gradients are added stays what it was.
    return new Tensor(output.array, Node.of(rule, inputs.toArray(new Tensor[0]), output.node.rank));
  }

  /** The result again, with the graph that leads to it. */
  Node recompute() {
    Tensor again = Engine.recording(true, () -> function.apply(inputs));
    if (again.node == null
        || !again.shape().equals(shape)
        || fingerprint(again.array) != fingerprint) {
      throw new GradientException(
          ("checkpoint: computing %s again gave another result; a parameter was changed before"
                  + " backward, or the function draws random numbers that it does not repeat")
              .formatted(shape));
    }
    return again.node;
  }

  private static int fingerprint(NdArray array) {
    NdArray dense = array.contiguous();
    int from = dense.offset();
    int to = from + dense.elements();
    int hash = 1;
    for (int i = from; i < to; i++) {
      int bits =
          dense.dtype() == DType.FLOAT32
              ? Float.floatToIntBits(dense.floats()[i])
              : Double.hashCode(dense.doubles()[i]);
      hash = 31 * hash + bits;
    }
    return hash;
  }

  @Override
  public String name() {
    return "checkpoint";
  }

  @Override
  public Saves saves() {
    return Saves.NOTHING;
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    throw new IllegalStateException("a checkpoint is computed again, and has no rule of its own");
  }
}
