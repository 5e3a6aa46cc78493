package org.lawu.tensor;

import java.util.List;
import org.lawu.internal.operation.Expand;
import org.lawu.internal.operation.Flip;
import org.lawu.internal.operation.Permute;
import org.lawu.internal.operation.Reshape;

/** The same elements under another shape, most of them views that copy nothing. */
public sealed interface ShapeMethods extends TensorMethods permits Tensor {

  /**
   * The same elements in row-major order under other sizes, of which one may be -1; a view where
   * strides can describe it, as always for contiguous elements.
   */
  default Tensor reshape(int... sizes) {
    Shape shape = ((Tensor) this).shape().reshape("reshape", sizes);
    return Engine.apply(new Reshape(shape), this);
  }

  /** The same elements under another shape of as many elements. */
  default Tensor reshape(Shape shape) {
    return Engine.apply(new Reshape(shape), this);
  }

  /** All axes from {@code axis} on merged into one: {@code flatten(1)} keeps the batch. */
  default Tensor flatten(int axis) {
    return Composed.flatten((Tensor) this, axis);
  }

  /** The axes in another order, as a view: axis {@code i} of the result is axis {@code axes[i]}. */
  default Tensor permute(int... axes) {
    return Engine.apply(new Permute(axes.clone()), this);
  }

  /** Two axes exchanged, as a view. */
  default Tensor transpose(int axis0, int axis1) {
    return Composed.transpose((Tensor) this, axis0, axis1);
  }

  /** The matrix transposed: the last two axes exchanged, as a view. */
  default Tensor transpose() {
    return transpose(-2, -1);
  }

  /** Broadcast to a shape, as a view. */
  default Tensor expand(Shape shape) {
    return Engine.apply(new Expand(shape), this);
  }

  /** Broadcast to sizes, as a view. */
  default Tensor expand(int... sizes) {
    return expand(Shape.of(sizes));
  }

  /** An axis of size 1 put in at a position; -1 puts it last. */
  default Tensor unsqueeze(int axis) {
    return Composed.unsqueeze((Tensor) this, axis);
  }

  /** An axis of size 1 taken out. */
  default Tensor squeeze(int axis) {
    return Composed.squeeze((Tensor) this, axis);
  }

  /** The elements along some axes (none: all) in reverse order. */
  default Tensor flip(int... axes) {
    return Engine.apply(new Flip(axes.clone()), this);
  }

  /**
   * With a value around it: along axis {@code i}, {@code before[i]} of them in front and {@code
   * after[i]} behind.
   *
   * @throws org.lawu.error.ShapeException if there is not one size for each axis, or it is negative
   */
  default Tensor pad(int[] before, int[] after, double value) {
    return Composed.pad((Tensor) this, before.clone(), after.clone(), value);
  }

  /** Along an axis, the parts of the given sizes one after another, as views. */
  default List<Tensor> split(int axis, int... sizes) {
    return Composed.split((Tensor) this, axis, sizes);
  }

  /**
   * Along an axis, at most {@code count} parts as views: all of size {@code ceil(size / count)} but
   * the last, which may be smaller.
   */
  default List<Tensor> chunk(int axis, int count) {
    return Composed.chunk((Tensor) this, axis, count);
  }
}
