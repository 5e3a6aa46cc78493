package org.lawu.tensor;

import org.lawu.error.ArgumentException;
import org.lawu.internal.operation.ArgSort;
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

  /**
   * The lower triangle of the matrices along the last two axes, with 0 elsewhere: what is not above
   * a diagonal, of which 0 is the main one, 1 the next above it and -1 the next below.
   */
  default Tensor tril(int diagonal) {
    return Composed.tril((Tensor) this, diagonal);
  }

  /** The lower triangle with the main diagonal. */
  default Tensor tril() {
    return tril(0);
  }

  /** The upper triangle: what is not below a diagonal; see {@link #tril(int)}. */
  default Tensor triu(int diagonal) {
    return Composed.triu((Tensor) this, diagonal);
  }

  /** The upper triangle with the main diagonal. */
  default Tensor triu() {
    return triu(0);
  }

  /** A value where the mask, which is broadcast to this shape, is true. */
  default Tensor maskedFill(Tensor mask, double value) {
    return Composed.maskedFill((Tensor) this, mask, value);
  }

  /**
   * With the elements of a source added, along an axis at the places that an INT32 tensor names:
   * {@code out[i, index[i, j]] += source[i, j]} for axis 1. What the source has beyond the index's
   * sizes is not used.
   */
  default Tensor scatterAdd(int axis, Tensor index, Tensor source) {
    return Composed.scatterAdd((Tensor) this, axis, index, source);
  }

  /** The elements along an axis in rising order, NaN last. Equal elements keep their order. */
  default Tensor sort(int axis) {
    return sort(axis, false);
  }

  /** The elements along an axis in rising or falling order; NaN counts as largest. */
  default Tensor sort(int axis, boolean descending) {
    return Composed.sort((Tensor) this, axis, descending);
  }

  /**
   * The INT32 positions of the elements along an axis in rising order, NaN last, without a
   * gradient. Equal elements keep their order.
   */
  default Tensor argSort(int axis) {
    return argSort(axis, false);
  }

  /** The INT32 positions in rising or falling order; NaN counts as largest. */
  default Tensor argSort(int axis, boolean descending) {
    return Engine.apply(new ArgSort(axis, descending), this);
  }

  /**
   * The {@code k} largest elements along an axis, the largest first, and where they were. NaN
   * counts as largest.
   *
   * @throws ArgumentException if the axis has fewer than {@code k} elements
   */
  default TopK topK(int k, int axis) {
    return Composed.topK((Tensor) this, k, axis);
  }
}
