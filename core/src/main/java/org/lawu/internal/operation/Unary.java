package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.kernel.UnaryFunction;
import org.lawu.tensor.Tensor;

/** An elementwise function of one tensor. */
public sealed interface Unary extends Operation
    permits Abs,
        Clamp,
        Exp,
        Gelu,
        GeluTanh,
        LeakyRelu,
        Log,
        Neg,
        Relu,
        Sigmoid,
        Sign,
        Silu,
        Softplus,
        Sqrt,
        Square,
        Tanh,
        Sin,
        Cos,
        Erf,
        Rsqrt,
        Reciprocal,
        Log1p,
        Floor,
        Round,
        Elu,
        Selu,
        Mish,
        HardSwish {

  /** The function at one point, in double precision: it computes FLOAT64 and judges the kernels. */
  double reference(double x);

  /** The FLOAT32 kernel, or null to compute FLOAT32 through {@link #reference}. */
  default @Nullable UnaryFunction kernel() {
    return null;
  }

  /** The kernel's first constant. */
  default float a() {
    return 0;
  }

  /** The kernel's second constant. */
  default float b() {
    return 0;
  }

  /** Whether whole numbers map to whole numbers, so that INT32 is accepted. */
  default boolean wholeNumbers() {
    return false;
  }

  @Override
  default NdArray forward(NdArray... inputs) {
    return Elementwise.unary(this, inputs[0]);
  }

  /** The gradient with respect to the input; null where it is 0 everywhere. */
  @Nullable Tensor gradient(Backward backward);

  @Override
  default @Nullable Tensor[] gradients(Backward backward) {
    return new @Nullable Tensor[] {gradient(backward)};
  }
}
