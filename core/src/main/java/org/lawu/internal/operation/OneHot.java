package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.internal.array.NdArray;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * INT32 labels {@code [...]} as FLOAT32 rows {@code [..., classes]} that are 1 at the label and 0
 * elsewhere. Without a gradient.
 */
public record OneHot(int classes) implements Operation {

  @Override
  public Saves saves() {
    return Saves.NOTHING;
  }

  @Override
  public NdArray forward(NdArray... inputs) {
    if (classes < 1) {
      throw new ArgumentException("oneHot: classes must be at least 1, got " + classes);
    }
    Check.type(name(), "the labels", inputs[0], DType.INT32);
    NdArray labels = inputs[0].contiguous();
    Check.indices(name(), "label", labels, classes);
    NdArray out = NdArray.zeros(DType.FLOAT32, labels.shape().concat(Shape.of(classes)));
    for (int i = 0; i < labels.elements(); i++) {
      out.floats()[i * classes + labels.ints()[labels.offset() + i]] = 1;
    }
    return out;
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    return new @Nullable Tensor[1];
  }
}
