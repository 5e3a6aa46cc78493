package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.tensor.Tensor;

/** What backpropagation needs to know of the computation that made a tensor. */
public interface GradientRule {

  /** Which tensors the gradient rule reads, and so must be kept until backpropagation. */
  enum Saves {
    /** None of them. */
    NOTHING,
    /** The inputs. */
    INPUTS,
    /** The output. */
    OUTPUT,
    /** Inputs and output. */
    BOTH;

    /** Whether the inputs are kept. */
    public boolean inputs() {
      return this == INPUTS || this == BOTH;
    }

    /** Whether the output is kept. */
    public boolean output() {
      return this == OUTPUT || this == BOTH;
    }
  }

  /** The name in messages, as the user called it: {@code matmul}. */
  String name();

  /** What {@link #gradients} will ask for; the inputs unless an operation says otherwise. */
  default Saves saves() {
    return Saves.INPUTS;
  }

  /**
   * The gradient with respect to each input, null where none is needed or none exists, written in
   * tensor operations so that it can itself be differentiated. A gradient may have the shape that
   * its input was broadcast to: the sum over the repeated axes is the caller's.
   */
  @Nullable Tensor[] gradients(Backward backward);
}
