package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.error.ShapeException;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.parallel.Parallel;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Window;

/**
 * Means over rectangles of images {@code [n, channels, height, width]}, one for each pair of a span
 * of rows and a span of columns: {@code y = sum x / count}. {@code dx} adds {@code g / count} to
 * every element of the rectangle.
 */
public record AvgPool2d(Spans rows, Spans columns) implements Operation {

  /** The places of a window on an image. */
  public static AvgPool2d of(Tensor x, Window window) {
    Shape places = Image.places("avgPool2d", x.shape(), window);
    return new AvgPool2d(
        Spans.window(
            x.size(2),
            places.size(2),
            window.height(),
            window.strideHeight(),
            window.paddingHeight()),
        Spans.window(
            x.size(3),
            places.size(3),
            window.width(),
            window.strideWidth(),
            window.paddingWidth()));
  }

  /** As many parts of an image, as equal as they can be. */
  public static AvgPool2d adaptive(Tensor x, int height, int width) {
    Image.check("adaptiveAvgPool2d", x.shape());
    if (height < 1 || width < 1 || x.size(2) < 1 || x.size(3) < 1) {
      throw new ShapeException(
          "adaptiveAvgPool2d: cannot divide %s into [%d, %d] parts; sizes must be at least 1"
              .formatted(x.shape(), height, width));
    }
    return new AvgPool2d(Spans.adaptive(x.size(2), height), Spans.adaptive(x.size(3), width));
  }

  @Override
  public Saves saves() {
    return Saves.NOTHING;
  }

  @Override
  public NdArray forward(NdArray... inputs) {
    Check.floating(name(), inputs[0]);
    return forEachPlane(inputs[0], rows.count(), columns.count(), this::average);
  }

  /** The computation of one channel of an image, which begins at the given places. */
  @FunctionalInterface
  private interface Plane {
    void compute(NdArray from, int fromAt, NdArray to, int toAt);
  }

  private static NdArray forEachPlane(NdArray input, int height, int width, Plane plane) {
    Shape shape = input.shape().with(2, height).with(3, width);
    NdArray from = input.contiguous();
    NdArray to = NdArray.zeros(input.dtype(), shape);
    int fromArea = input.shape().size(2) * input.shape().size(3);
    int toArea = height * width;
    int planes = shape.size(0) * shape.size(1);
    Parallel.range(
        planes,
        Math.max(1, Parallel.ELEMENTS / Math.max(fromArea, toArea)),
        (first, last) -> {
          for (int i = first; i < last; i++) {
            plane.compute(from, from.offset() + i * fromArea, to, i * toArea);
          }
        });
    return to;
  }

  private void average(NdArray x, int xAt, NdArray y, int yAt) {
    int at = yAt;
    for (int i = 0; i < rows.count(); i++) {
      for (int j = 0; j < columns.count(); j++) {
        if (x.dtype() == DType.FLOAT32) {
          y.floats()[at++] = sum(x.floats(), xAt, i, j) / count(i, j);
        } else {
          y.doubles()[at++] = sum(x.doubles(), xAt, i, j) / count(i, j);
        }
      }
    }
  }

  private int count(int i, int j) {
    return rows.counts()[i] * columns.counts()[j];
  }

  private float sum(float[] x, int at, int i, int j) {
    float sum = 0;
    for (int row = rows.starts()[i]; row < rows.ends()[i]; row++) {
      int rowAt = at + row * columns.size();
      for (int column = columns.starts()[j]; column < columns.ends()[j]; column++) {
        sum += x[rowAt + column];
      }
    }
    return sum;
  }

  private double sum(double[] x, int at, int i, int j) {
    double sum = 0;
    for (int row = rows.starts()[i]; row < rows.ends()[i]; row++) {
      int rowAt = at + row * columns.size();
      for (int column = columns.starts()[j]; column < columns.ends()[j]; column++) {
        sum += x[rowAt + column];
      }
    }
    return sum;
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    return backward.each(() -> backward.apply(new Gradient(this), backward.gradient()));
  }

  private void spread(NdArray g, int gAt, NdArray x, int xAt) {
    int at = gAt;
    for (int i = 0; i < rows.count(); i++) {
      for (int j = 0; j < columns.count(); j++) {
        if (g.dtype() == DType.FLOAT32) {
          add(g.floats()[at++] / count(i, j), x.floats(), xAt, i, j);
        } else {
          add(g.doubles()[at++] / count(i, j), x.doubles(), xAt, i, j);
        }
      }
    }
  }

  private void add(float share, float[] x, int at, int i, int j) {
    for (int row = rows.starts()[i]; row < rows.ends()[i]; row++) {
      int rowAt = at + row * columns.size();
      for (int column = columns.starts()[j]; column < columns.ends()[j]; column++) {
        x[rowAt + column] += share;
      }
    }
  }

  private void add(double share, double[] x, int at, int i, int j) {
    for (int row = rows.starts()[i]; row < rows.ends()[i]; row++) {
      int rowAt = at + row * columns.size();
      for (int column = columns.starts()[j]; column < columns.ends()[j]; column++) {
        x[rowAt + column] += share;
      }
    }
  }

  /** Spreads each number evenly over its rectangle; its own gradient takes the means. */
  public record Gradient(AvgPool2d means) implements Operation {

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public NdArray forward(NdArray... inputs) {
      return forEachPlane(inputs[0], means.rows.size(), means.columns.size(), means::spread);
    }

    @Override
    public @Nullable Tensor[] gradients(Backward backward) {
      return backward.each(() -> backward.apply(means, backward.gradient()));
    }
  }
}
