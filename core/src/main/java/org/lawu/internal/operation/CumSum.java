package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.internal.array.NdArray;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/**
 * Running sums along an axis: {@code y_i = x_0 + ... + x_i}, or from the end where {@code reverse}:
 * {@code y_i = x_i + ... + x_n}. The gradient runs the other way. FLOAT32 adds up in double
 * precision.
 */
public record CumSum(int axis, boolean reverse) implements Operation {

  @Override
  public Saves saves() {
    return Saves.NOTHING;
  }

  @Override
  public NdArray forward(NdArray... inputs) {
    int along = inputs[0].shape().axis(name(), axis);
    if (inputs[0].dtype() == DType.BOOL) {
      throw new DTypeException(
          name() + ": BOOL is not supported; convert with .to(DType.FLOAT32) first");
    }
    NdArray x = LastAxis.moved(inputs[0], along);
    NdArray out = NdArray.allocate(x.dtype(), x.shape());
    Rows.forEach(
        x,
        (at, rows, n) -> {
          for (int start = at; start < at + rows * n; start += n) {
            accumulate(x, out, start, n);
          }
        });
    return LastAxis.restored(out, along);
  }

  private void accumulate(NdArray x, NdArray out, int start, int n) {
    int step = reverse ? -1 : 1;
    int to = reverse ? start + n - 1 : start;
    int from = x.offset() + to;
    switch (x.dtype()) {
      case FLOAT32 -> {
        double sum = 0;
        for (int i = 0; i < n; i++) {
          sum += x.floats()[from + i * step];
          out.floats()[to + i * step] = (float) sum;
        }
      }
      case FLOAT64 -> {
        double sum = 0;
        for (int i = 0; i < n; i++) {
          sum += x.doubles()[from + i * step];
          out.doubles()[to + i * step] = sum;
        }
      }
      default -> {
        long sum = 0;
        for (int i = 0; i < n; i++) {
          sum += x.ints()[from + i * step];
          if (sum != (int) sum) {
            throw new ArgumentException(
                "%s: the sum %d does not fit INT32; convert with .to(DType.FLOAT64) first"
                    .formatted(name(), sum));
          }
          out.ints()[to + i * step] = (int) sum;
        }
      }
    }
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    return backward.each(() -> backward.apply(new CumSum(axis, !reverse), backward.gradient()));
  }
}
