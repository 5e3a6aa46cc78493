package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.error.ShapeException;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.array.StridedCopy;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/** Tensors one after another along an axis; each input's gradient is its slice of {@code g}. */
public record Concat(int axis) implements Operation {

  @Override
  public Saves saves() {
    return Saves.NOTHING;
  }

  @Override
  public NdArray forward(NdArray... inputs) {
    Shape first = inputs[0].shape();
    int along = first.axis(name(), axis);
    int total = 0;
    for (NdArray x : inputs) {
      Check.sameType(name(), inputs[0], x);
      boolean fits = x.shape().rank() == first.rank();
      if (!fits || !x.shape().with(along, 0).equals(first.with(along, 0))) {
        throw new ShapeException(
            "concat: shapes must agree except along axis %d: %s and %s"
                .formatted(axis, first, x.shape()));
      }
      total = Math.addExact(total, x.shape().size(along));
    }
    NdArray out = NdArray.allocate(inputs[0].dtype(), first.with(along, total));
    int at = 0;
    for (NdArray x : inputs) {
      int size = x.shape().size(along);
      StridedCopy.copy(x, out.withLayout(out.layout().slice(along, at, 1, size)));
      at += size;
    }
    return out;
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    var gradients = new @Nullable Tensor[backward.inputs()];
    int at = 0;
    for (int i = 0; i < gradients.length; i++) {
      int size = backward.shape(i).size(axis);
      if (backward.needs(i)) {
        gradients[i] = backward.gradient().slice(axis, at, at + size);
      }
      at += size;
    }
    return gradients;
  }
}
