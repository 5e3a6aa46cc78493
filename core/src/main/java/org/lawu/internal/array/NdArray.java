package org.lawu.internal.array;

import org.lawu.internal.array.Storage.Booleans;
import org.lawu.internal.array.Storage.Doubles;
import org.lawu.internal.array.Storage.Floats;
import org.lawu.internal.array.Storage.Ints;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;

/**
 * Elements with a shape: a storage and a layout over it. Several may share one storage. The array
 * behind it is written only by whoever allocated it and before anybody else sees it.
 */
public record NdArray(Storage storage, Layout layout) {

  /** A new contiguous array of zeros (or false). */
  public static NdArray zeros(DType dtype, Shape shape) {
    return new NdArray(Storage.zeros(dtype, shape.elements()), Layout.contiguous(shape));
  }

  /** A new contiguous array with anything in it, of which the caller writes every element. */
  public static NdArray allocate(DType dtype, Shape shape) {
    return new NdArray(Memory.allocate(dtype, shape.elements()), Layout.contiguous(shape));
  }

  /** Takes over an array of exactly the shape's elements. */
  public static NdArray of(float[] data, Shape shape) {
    return new NdArray(new Floats(data), Layout.contiguous(shape));
  }

  /** Takes over an array of exactly the shape's elements. */
  public static NdArray of(double[] data, Shape shape) {
    return new NdArray(new Doubles(data), Layout.contiguous(shape));
  }

  /** Takes over an array of exactly the shape's elements. */
  public static NdArray of(int[] data, Shape shape) {
    return new NdArray(new Ints(data), Layout.contiguous(shape));
  }

  /** Takes over an array of exactly the shape's elements. */
  public static NdArray of(boolean[] data, Shape shape) {
    return new NdArray(new Booleans(data), Layout.contiguous(shape));
  }

  /** The type of the elements. */
  public DType dtype() {
    return storage.dtype();
  }

  /** The sizes. */
  public Shape shape() {
    return layout.shape();
  }

  /** The number of elements. */
  public int elements() {
    return layout.shape().elements();
  }

  /** Where the first element lies in the storage. */
  public int offset() {
    return layout.offset();
  }

  /** The stride along an axis (from the front). */
  public int stride(int axis) {
    return layout.strides()[axis];
  }

  /** The FLOAT32 elements' array. */
  public float[] floats() {
    return ((Floats) storage).data();
  }

  /** The FLOAT64 elements' array. */
  public double[] doubles() {
    return ((Doubles) storage).data();
  }

  /** The INT32 elements' array. */
  public int[] ints() {
    return ((Ints) storage).data();
  }

  /** The BOOL elements' array. */
  public boolean[] booleans() {
    return ((Booleans) storage).data();
  }

  /** The same storage under another layout. */
  public NdArray withLayout(Layout newLayout) {
    return new NdArray(storage, newLayout);
  }

  /** These elements in row-major order: this array if they are, a copy otherwise. */
  public NdArray contiguous() {
    return layout.isContiguous() ? this : copy();
  }

  /** A row-major copy in a storage of its own. */
  public NdArray copy() {
    NdArray result = allocate(dtype(), shape());
    StridedCopy.copy(this, result);
    return result;
  }

  /** The same elements under another shape of as many elements; a view where strides allow it. */
  public NdArray reshape(Shape shape) {
    var view = layout.reshape(shape);
    return view == null ? new NdArray(copy().storage, Layout.contiguous(shape)) : withLayout(view);
  }

  /** Broadcast to a shape, without a copy. */
  public NdArray expand(Shape shape) {
    return withLayout(layout.expand(shape));
  }
}
