package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.parallel.Parallel;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Window;

/**
 * For every place of a window on images {@code [n, channels, height, width]}, where in its channel
 * the largest element is: INT32 {@code row * width + column}, of the first of several, and of the
 * first NaN if there is one.
 */
public record ArgMaxPool2d(Window window) implements Operation {

  /** The users' name: max pooling gathers what this finds. */
  @Override
  public String name() {
    return "maxPool2d";
  }

  @Override
  public Saves saves() {
    return Saves.NOTHING;
  }

  @Override
  public NdArray forward(NdArray... inputs) {
    Check.floating(name(), inputs[0]);
    Shape places = Image.places(name(), inputs[0].shape(), window);
    NdArray x = inputs[0].contiguous();
    NdArray out = NdArray.allocate(DType.INT32, places);
    if (out.elements() == 0) {
      return out;
    }
    int area = places.size(2) * places.size(3);
    long work = (long) area * window.height() * window.width();
    Parallel.range(
        out.elements() / area,
        (int) Math.max(1, Parallel.ELEMENTS / work),
        (first, last) -> {
          for (int plane = first; plane < last; plane++) {
            searchPlane(x, plane, out);
          }
        });
    return out;
  }

  private void searchPlane(NdArray x, int plane, NdArray out) {
    int height = x.shape().size(2);
    int width = x.shape().size(3);
    int rows = out.shape().size(2);
    int columns = out.shape().size(3);
    int xAt = x.offset() + plane * height * width;
    int at = plane * rows * columns;
    for (int i = 0; i < rows; i++) {
      int top = i * window.strideHeight() - window.paddingHeight();
      int fromRow = Math.max(0, top);
      int toRow = Math.min(height, top + window.height());
      for (int j = 0; j < columns; j++) {
        int left = j * window.strideWidth() - window.paddingWidth();
        int fromColumn = Math.max(0, left);
        int toColumn = Math.min(width, left + window.width());
        out.ints()[at++] =
            x.dtype() == DType.FLOAT32
                ? argMax(x.floats(), xAt, width, fromRow, toRow, fromColumn, toColumn)
                : argMax(x.doubles(), xAt, width, fromRow, toRow, fromColumn, toColumn);
      }
    }
  }

  private static int argMax(
      float[] x, int at, int width, int fromRow, int toRow, int fromColumn, int toColumn) {
    int best = fromRow * width + fromColumn;
    float max = x[at + best];
    for (int row = fromRow; row < toRow; row++) {
      for (int column = fromColumn; column < toColumn; column++) {
        float value = x[at + row * width + column];
        if (value > max || (Float.isNaN(value) && !Float.isNaN(max))) {
          max = value;
          best = row * width + column;
        }
      }
    }
    return best;
  }

  private static int argMax(
      double[] x, int at, int width, int fromRow, int toRow, int fromColumn, int toColumn) {
    int best = fromRow * width + fromColumn;
    double max = x[at + best];
    for (int row = fromRow; row < toRow; row++) {
      for (int column = fromColumn; column < toColumn; column++) {
        double value = x[at + row * width + column];
        if (value > max || (Double.isNaN(value) && !Double.isNaN(max))) {
          max = value;
          best = row * width + column;
        }
      }
    }
    return best;
  }

  /** An index has no gradient. */
  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    return new @Nullable Tensor[1];
  }
}
