package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.error.IndexException;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.array.StridedCopy;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Along one axis, the elements {@code start, start + step, ...} before {@code end}, as a view.
 * {@code dx} is {@code g} at those places and 0 elsewhere. Negative {@code start} and {@code end}
 * count from the end of the axis.
 */
public record Slice(int axis, int start, int end, int step) implements Operation {

  @Override
  public Saves saves() {
    return Saves.NOTHING;
  }

  @Override
  public NdArray forward(NdArray... inputs) {
    return slice(inputs[0]);
  }

  private NdArray slice(NdArray x) {
    int along = x.shape().axis(name(), axis);
    int size = x.shape().size(along);
    int from = start < 0 ? start + size : start;
    int to = end < 0 ? end + size : end;
    if (from < 0 || to > size || from > to || step < 1) {
      throw new IndexException(
          "slice: %d to %d step %d is out of range for axis %d of %s (0 to %d, step at least 1)"
              .formatted(start, end, step, axis, x.shape(), size));
    }
    int count = from == to ? 0 : (to - from - 1) / step + 1;
    return x.withLayout(x.layout().slice(along, from, step, count));
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    return backward.each(
        () -> backward.apply(new Scatter(this, backward.shape(0)), backward.gradient()));
  }

  /** Zeros of a shape with the input at the places of a slice. Its gradient is the slice. */
  public record Scatter(Slice slice, Shape shape) implements Operation {

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public NdArray forward(NdArray... inputs) {
      NdArray out = NdArray.zeros(inputs[0].dtype(), shape);
      StridedCopy.copy(inputs[0], slice.slice(out));
      return out;
    }

    @Override
    public @Nullable Tensor[] gradients(Backward backward) {
      return backward.each(() -> backward.apply(slice, backward.gradient()));
    }
  }
}
