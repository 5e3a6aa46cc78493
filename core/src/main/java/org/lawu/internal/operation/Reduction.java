package org.lawu.internal.operation;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.kernel.ReduceFunction;
import org.lawu.internal.kernel.ReferenceKernels;
import org.lawu.internal.parallel.Parallel;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;

/** Combines the elements along some axes into one. */
public sealed interface Reduction extends Operation permits Sum, Max, Min {
  /** How the elements are combined. */
  ReduceFunction function();

  /** The axes reduced; none means all. Negative ones count from the end. */
  int[] axes();

  /** Whether the reduced axes stay, with size 1. */
  boolean keepDims();

  @Override
  default NdArray forward(NdArray... inputs) {
    NdArray x = inputs[0];
    int[] axes = x.shape().axes(name(), axes());
    if (x.dtype() == DType.BOOL) {
      throw new DTypeException(
          name() + ": BOOL is not supported; convert with .to(DType.FLOAT32) first");
    }
    Shape shape = x.shape().reduce(axes, keepDims());
    NdArray out = NdArray.allocate(x.dtype(), shape);
    if (shape.elements() == 0) {
      return out;
    }
    if (x.elements() == 0 && function() != ReduceFunction.SUM) {
      throw new ArgumentException(
          "%s: shape %s has no elements along the axes %s; there is nothing to choose from"
              .formatted(name(), x.shape(), Arrays.toString(axes)));
    }
    reduce(x, axes, out);
    return out;
  }

  private void reduce(NdArray x, int[] axes, NdArray out) {
    int rank = x.shape().rank();
    boolean adjacent = axes.length == 0 || axes[axes.length - 1] - axes[0] == axes.length - 1;
    if (adjacent && x.layout().isContiguous()) {
      int first = axes.length == 0 ? rank : axes[0];
      int last = first + axes.length;
      blocks(
          x,
          x.shape().slice(0, first).elements(),
          x.shape().slice(first, last).elements(),
          x.shape().slice(last, rank).elements(),
          out);
      return;
    }
    int[] kept = IntStream.range(0, rank).filter(i -> Arrays.binarySearch(axes, i) < 0).toArray();
    int[] order = IntStream.concat(Arrays.stream(kept), Arrays.stream(axes)).toArray();
    NdArray last = x.withLayout(x.layout().permute(order)).contiguous();
    blocks(last, out.elements(), out.elements() == 0 ? 0 : x.elements() / out.elements(), 1, out);
  }

  /** Reduces the middle axis of a contiguous {@code outer x n x inner} array. */
  private void blocks(NdArray x, int outer, int n, int inner, NdArray out) {
    switch (x.dtype()) {
      case FLOAT32 ->
          FloatReduction.reduce(function(), x.floats(), x.offset(), outer, n, inner, out.floats());
      case FLOAT64 -> doubles(x.doubles(), x.offset(), outer, n, inner, out.doubles());
      default -> ints(x, outer, n, inner, out);
    }
  }

  private void doubles(double[] x, int at, int outer, int n, int inner, double[] out) {
    Parallel.range(
        outer,
        Math.max(1, Parallel.ELEMENTS / Math.max(1, n * inner)),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            ReferenceKernels.reduceRows(
                function(), x, at + i * n * inner, n, inner, out, i * inner);
          }
        });
  }

  private void ints(NdArray x, int outer, int n, int inner, NdArray out) {
    double[] wide = new Cast(DType.FLOAT64).forward(x).doubles();
    double[] result = new double[out.elements()];
    doubles(wide, 0, outer, n, inner, result);
    for (int i = 0; i < result.length; i++) {
      if (result[i] != (int) result[i]) {
        throw new ArgumentException(
            "%s: the result %.0f does not fit INT32; convert with .to(DType.FLOAT64) first"
                .formatted(name(), result[i]));
      }
      out.ints()[i] = (int) result[i];
    }
  }
}
