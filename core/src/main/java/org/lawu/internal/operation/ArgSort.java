package org.lawu.internal.operation;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.lawu.error.DTypeException;
import org.lawu.internal.array.NdArray;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/**
 * The INT32 positions of the elements along an axis in rising (falling) order. Equal elements, also
 * 0 and -0, keep their order; NaN counts as largest. Without a gradient.
 */
public record ArgSort(int axis, boolean descending) implements Operation {

  @Override
  public Saves saves() {
    return Saves.NOTHING;
  }

  @Override
  public NdArray forward(NdArray... inputs) {
    int along = inputs[0].shape().axis(name(), axis);
    if (inputs[0].dtype() == DType.BOOL) {
      throw new DTypeException(
          name() + ": BOOL is not supported; convert with .to(DType.INT32) first");
    }
    NdArray x = LastAxis.moved(inputs[0], along);
    NdArray out = NdArray.allocate(DType.INT32, x.shape());
    Rows.forEach(
        x,
        (at, rows, n) -> {
          for (int start = at; start < at + rows * n; start += n) {
            if (x.dtype() == DType.FLOAT64) {
              sortDoubles(x.doubles(), x.offset() + start, out.ints(), start, n);
            } else {
              sortPacked(x, x.offset() + start, out.ints(), start, n);
            }
          }
        });
    return LastAxis.restored(out, along);
  }

  /** Sorts numbers whose upper half orders as the elements do and whose lower half is the place. */
  private void sortPacked(NdArray x, int at, int[] out, int outAt, int n) {
    long[] packed = new long[n];
    for (int i = 0; i < n; i++) {
      int key = x.dtype() == DType.FLOAT32 ? key(x.floats()[at + i]) : x.ints()[at + i];
      packed[i] = ((long) (descending ? ~key : key) << 32) | i;
    }
    Arrays.sort(packed);
    for (int i = 0; i < n; i++) {
      out[outAt + i] = (int) packed[i];
    }
  }

  /** A whole number that orders as the float does; adding 0 turns -0 into 0. */
  private static int key(float x) {
    int bits = Float.floatToIntBits(x + 0f);
    return bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
  }

  private void sortDoubles(double[] x, int at, int[] out, int outAt, int n) {
    Comparator<Integer> rising = Comparator.comparingDouble(i -> x[at + i] + 0.0);
    Integer[] places = new Integer[n];
    Arrays.setAll(places, i -> i);
    Arrays.sort(places, descending ? rising.reversed() : rising);
    for (int i = 0; i < n; i++) {
      out[outAt + i] = places[i];
    }
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    return new @Nullable Tensor[1];
  }
}
