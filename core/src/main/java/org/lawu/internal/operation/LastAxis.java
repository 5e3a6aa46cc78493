package org.lawu.internal.operation;

import org.lawu.internal.array.NdArray;

/** Brings an axis to the end, for kernels that work on rows, and back. */
final class LastAxis {
  private LastAxis() {}

  /** A contiguous array with the axis (from the front) moved to the end. */
  static NdArray moved(NdArray x, int axis) {
    return x.withLayout(x.layout().permute(order(x.shape().rank(), axis))).contiguous();
  }

  /** The view of a result computed on {@link #moved} in which the axis is back in its place. */
  static NdArray restored(NdArray moved, int axis) {
    int rank = moved.shape().rank();
    int[] order = new int[rank];
    int[] forward = order(rank, axis);
    for (int i = 0; i < rank; i++) {
      order[forward[i]] = i;
    }
    return moved.withLayout(moved.layout().permute(order));
  }

  private static int[] order(int rank, int axis) {
    int[] order = new int[rank];
    int at = 0;
    for (int i = 0; i < rank; i++) {
      if (i != axis) {
        order[at++] = i;
      }
    }
    order[rank - 1] = axis;
    return order;
  }
}
