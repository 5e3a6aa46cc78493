package org.lawu.tensor;

import org.lawu.internal.operation.Gather;
import org.lawu.internal.operation.IndexSelect;
import org.lawu.internal.operation.OneHot;
import org.lawu.internal.operation.Slice;

/** Parts of a tensor. */
public sealed interface Indexing extends TensorMethods permits Tensor {

  /**
   * Along an axis, the elements from {@code start} (inclusive) to {@code end} (exclusive), as a
   * view; negative ones count from the end.
   */
  default Tensor slice(int axis, int start, int end) {
    return slice(axis, start, end, 1);
  }

  /**
   * Along an axis, every {@code step}-th element from {@code start} to before {@code end}, as a
   * view.
   */
  default Tensor slice(int axis, int start, int end, int step) {
    return Engine.apply(new Slice(axis, start, end, step), this);
  }

  /** Along an axis, the slice at {@code index}, as a view without that axis. */
  default Tensor select(int axis, int index) {
    return Composed.select((Tensor) this, axis, index);
  }

  /** Along an axis, the slices that an INT32 vector names, in its order. */
  default Tensor indexSelect(int axis, Tensor index) {
    return Engine.apply(new IndexSelect(axis), this, index);
  }

  /**
   * Along an axis, the element that an INT32 tensor names at each place: {@code out[i, j] = x[i,
   * index[i, j]]} for axis 1.
   */
  default Tensor gather(int axis, Tensor index) {
    return Engine.apply(new Gather(axis), this, index);
  }

  /**
   * INT32 labels as FLOAT32 rows that are 1 at the label: {@code [...]} becomes {@code [...,
   * classes]}.
   */
  default Tensor oneHot(int classes) {
    return Engine.apply(new OneHot(classes), this);
  }
}
