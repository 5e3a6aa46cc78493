package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.error.ShapeException;
import org.lawu.internal.array.Layout;
import org.lawu.internal.array.LoopNest;
import org.lawu.internal.array.NdArray;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * For each element of an INT32 index tensor, the element of the input at the same place but, along
 * one axis, at the index: {@code out[i, j] = x[i, index[i, j]]} for axis 1. The index has the
 * input's rank and, on the other axes, at most its sizes. {@code dx} adds {@code g} back.
 */
public record Gather(int axis) implements Operation {

  @Override
  public NdArray forward(NdArray... inputs) {
    NdArray x = inputs[0];
    NdArray index = checkedIndex(name(), inputs[1], x.shape(), axis);
    NdArray out = NdArray.allocate(x.dtype(), index.shape());
    forEachPlace(
        x.layout(), index, x.shape().axis(name(), axis), (source, at) -> copy(x, source, out, at));
    return out;
  }

  private static void copy(NdArray x, int from, NdArray out, int to) {
    switch (x.dtype()) {
      case FLOAT32 -> out.floats()[to] = x.floats()[from];
      case FLOAT64 -> out.doubles()[to] = x.doubles()[from];
      case INT32 -> out.ints()[to] = x.ints()[from];
      case BOOL -> out.booleans()[to] = x.booleans()[from];
    }
  }

  static NdArray checkedIndex(String name, NdArray index, Shape shape, int axis) {
    Check.type(name, "the index", index, DType.INT32);
    int along = shape.axis(name, axis);
    boolean fits = index.shape().rank() == shape.rank();
    for (int i = 0; fits && i < shape.rank(); i++) {
      fits = i == along || index.shape().size(i) <= shape.size(i);
    }
    if (!fits) {
      throw new ShapeException(
          "%s: the index %s must have as many axes as %s and, except on axis %d, at most its sizes"
              .formatted(name, index.shape(), shape, axis));
    }
    NdArray contiguous = index.contiguous();
    Check.indices(name, "index", contiguous, shape.size(along));
    return contiguous;
  }

  /** Takes a place in the indexed layout and the number of the index element that names it. */
  @FunctionalInterface
  private interface Place {
    void visit(int at, int element);
  }

  private static void forEachPlace(Layout layout, NdArray index, int along, Place place) {
    if (index.elements() == 0) {
      return;
    }
    int step = layout.strides()[along];
    int[] strides = layout.strides().clone();
    strides[along] = 0;
    var base = new Layout(index.shape(), strides, layout.offset());
    var nest = LoopNest.of(base, Layout.contiguous(index.shape()));
    int[] indices = index.ints();
    nest.forEachRun(
        0,
        nest.runs(),
        (run, at) -> {
          for (int i = 0; i < nest.runLength(); i++) {
            int element = at[1] + i * nest.runStride(1);
            int start = at[0] + i * nest.runStride(0);
            place.visit(start + step * indices[index.offset() + element], element);
          }
        });
  }

  /** Adds each element of a contiguous array to the place that the index names. */
  static void addAtPlaces(NdArray from, NdArray index, NdArray to, int along) {
    forEachPlace(
        to.layout(),
        index,
        along,
        (target, element) -> {
          if (from.dtype() == DType.FLOAT32) {
            to.floats()[target] += from.floats()[from.offset() + element];
          } else {
            to.doubles()[target] += from.doubles()[from.offset() + element];
          }
        });
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    return backward.each(
        () ->
            backward.apply(
                new Scatter(axis, backward.shape(0)), backward.gradient(), backward.input(1)),
        () -> null);
  }

  /**
   * Zeros of a shape to which the input is added at the places its index names, in row-major order.
   */
  public record Scatter(int axis, Shape shape) implements Operation {

    @Override
    public NdArray forward(NdArray... inputs) {
      NdArray index = inputs[1].contiguous();
      NdArray g = inputs[0].contiguous();
      NdArray out = NdArray.zeros(g.dtype(), shape);
      addAtPlaces(g, index, out, shape.axis(name(), axis));
      return out;
    }

    @Override
    public @Nullable Tensor[] gradients(Backward backward) {
      return backward.each(() -> backward.gradient().gather(axis, backward.input(1)), () -> null);
    }
  }
}
