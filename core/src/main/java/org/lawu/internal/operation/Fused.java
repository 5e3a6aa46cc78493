package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.tensor.Tensor;

/**
 * A FLOAT32 computation of many steps done in one piece, gradient included, where the steps one by
 * one would spend their time moving memory. {@link #composed} is the same in tensor operations: it
 * runs for FLOAT64 and where the gradient is to be differentiated again (so the inputs are always
 * saved), and the contract suite holds the two against each other.
 */
public sealed interface Fused extends Operation
    permits MaxPool2d, MulAdd, Recurrent, LayerNorm, RmsNorm, BatchNorm, ChannelAffine, Attention {

  /** The output, and what the gradient will need besides the inputs and the output. */
  record Result(NdArray output, NdArray... kept) {}

  /** What the gradient is computed from; the output only where {@link #saves} says so. */
  record Call(
      NdArray[] inputs,
      @Nullable NdArray savedOutput,
      NdArray[] kept,
      NdArray gradient,
      boolean[] needs) {

    /** The output. */
    public NdArray output() {
      if (savedOutput == null) {
        throw new IllegalStateException("the operation does not save its output");
      }
      return savedOutput;
    }
  }

  /** Refuses bad inputs; runs before everything else. */
  void check(NdArray... inputs);

  /**
   * Computes checked FLOAT32 inputs.
   *
   * @param keep whether a gradient may be asked for, so that what it needs must be kept
   */
  Result compute(boolean keep, NdArray... inputs);

  /** The gradient with respect to each input, null where {@code needs} is false or it is 0. */
  @Nullable NdArray[] gradients(Call call);

  /** The same computation in smaller tensor operations, of checked inputs of any floating type. */
  Tensor composed(Steps steps, Tensor... inputs);

  /** Runs operations that are no methods of {@link Tensor}. */
  @FunctionalInterface
  interface Steps {
    /** Runs one. */
    Tensor apply(Operation operation, Tensor... inputs);
  }

  @Override
  default NdArray forward(NdArray... inputs) {
    check(inputs);
    return compute(false, inputs).output();
  }

  @Override
  default @Nullable Tensor[] gradients(Backward backward) {
    return backward.fused(this);
  }
}
