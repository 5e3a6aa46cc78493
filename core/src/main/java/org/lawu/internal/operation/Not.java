package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/** Elementwise negation of a BOOL tensor. */
public record Not() implements Operation {

  @Override
  public Saves saves() {
    return Saves.NOTHING;
  }

  @Override
  public NdArray forward(NdArray... inputs) {
    Check.type(name(), "the operand", inputs[0], DType.BOOL);
    NdArray x = inputs[0].contiguous();
    NdArray out = NdArray.allocate(DType.BOOL, x.shape());
    for (int i = 0; i < x.elements(); i++) {
      out.booleans()[i] = !x.booleans()[x.offset() + i];
    }
    return out;
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    return new @Nullable Tensor[1];
  }
}
