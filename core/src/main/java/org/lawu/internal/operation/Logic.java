package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/** Elementwise {@code and} or {@code or} of two BOOL tensors broadcast to each other. */
public record Logic(boolean conjunction) implements Operation {

  @Override
  public String name() {
    return conjunction ? "and" : "or";
  }

  @Override
  public Saves saves() {
    return Saves.NOTHING;
  }

  @Override
  public NdArray forward(NdArray... inputs) {
    NdArray x = inputs[0];
    NdArray y = inputs[1];
    Check.type(name(), "the first operand", x, DType.BOOL);
    Check.type(name(), "the second operand", y, DType.BOOL);
    NdArray out = NdArray.allocate(DType.BOOL, Shape.broadcast(name(), x.shape(), y.shape()));
    boolean[] to = out.booleans();
    Elementwise.broadcast(
        x,
        y,
        out,
        (a, b) -> {
          boolean[] from = a.booleans();
          boolean[] other = b.booleans();
          return (xAt, xStep, yAt, yStep, outAt, n) -> {
            for (int i = 0; i < n; i++) {
              boolean p = from[xAt + i * xStep];
              boolean q = other[yAt + i * yStep];
              to[outAt + i] = conjunction ? p && q : p || q;
            }
          };
        });
    return out;
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    return new @Nullable Tensor[2];
  }
}
