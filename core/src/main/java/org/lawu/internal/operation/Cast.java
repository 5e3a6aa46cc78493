package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/**
 * Conversion to another element type, as Java converts numbers: fractions are cut off, and a number
 * beyond INT32's range becomes its end. BOOL counts as 1 and 0, and a number is true unless it is
 * 0. Between floating types {@code dx} is {@code g} converted back.
 */
public record Cast(DType to) implements Operation {

  @Override
  public String name() {
    return "to";
  }

  @Override
  public NdArray forward(NdArray... inputs) {
    NdArray x = inputs[0].contiguous();
    if (x.dtype() == to) {
      return x;
    }
    NdArray out = NdArray.allocate(to, x.shape());
    int n = x.elements();
    int at = x.offset();
    for (int i = 0; i < n; i++) {
      double value = read(x, at + i);
      switch (to) {
        case FLOAT32 -> out.floats()[i] = (float) value;
        case FLOAT64 -> out.doubles()[i] = value;
        case INT32 -> out.ints()[i] = (int) value;
        case BOOL -> out.booleans()[i] = value != 0;
      }
    }
    return out;
  }

  private static double read(NdArray x, int at) {
    return switch (x.dtype()) {
      case FLOAT32 -> x.floats()[at];
      case FLOAT64 -> x.doubles()[at];
      case INT32 -> x.ints()[at];
      case BOOL -> x.booleans()[at] ? 1 : 0;
    };
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    return backward.each(() -> backward.gradient().to(backward.input(0).dtype()));
  }
}
