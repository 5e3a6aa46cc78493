package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.error.DTypeException;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.kernel.BinaryFunction;

/** An elementwise function of two tensors, which are broadcast to each other. */
public sealed interface Binary extends Operation
    permits Add,
        Div,
        Gelu.Gradient,
        GeluTanh.Gradient,
        Maximum,
        Minimum,
        Mul,
        Pow,
        Relu.Gradient,
        Sigmoid.Gradient,
        Silu.Gradient,
        Sub,
        Tanh.Gradient {

  /** The function at one point, in double precision: it computes FLOAT64 and judges the kernels. */
  double reference(double x, double y);

  /** The function of whole numbers; refused unless an operation defines it. */
  default int reference(int x, int y) {
    throw new DTypeException(
        name() + ": INT32 is not supported; convert with .to(DType.FLOAT32) first");
  }

  /** The FLOAT32 kernel, or null to compute FLOAT32 through {@link #reference(double, double)}. */
  default @Nullable BinaryFunction kernel() {
    return null;
  }

  /** Writes the function of {@code x} and {@code y}, of one shape and type, over {@code y}. */
  default void overwrite(NdArray x, NdArray y) {
    Elementwise.binary(this, x, y, y);
  }

  @Override
  default NdArray forward(NdArray... inputs) {
    return Elementwise.binary(this, inputs[0], inputs[1]);
  }
}
