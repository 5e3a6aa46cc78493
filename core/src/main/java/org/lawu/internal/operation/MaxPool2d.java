package org.lawu.internal.operation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.kernel.KernelProvider;
import org.lawu.internal.parallel.Parallel;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Window;

/**
 * The largest element of every place of a window on images {@code [n, channels, height, width]};
 * what is beyond the image does not count. {@code dx} has {@code g} added at the first of several
 * largest (at the first NaN, if there is one), which is looked for again: input and output are kept
 * anyway, by the layers before and after.
 */
public record MaxPool2d(Window window) implements Fused {

  @Override
  public Saves saves() {
    return Saves.BOTH;
  }

  @Override
  public void check(NdArray... inputs) {
    Check.floating(name(), inputs[0]);
    Shape _ = Image.places(name(), inputs[0].shape(), window);
  }

  @Override
  public Result compute(boolean keep, NdArray... inputs) {
    NdArray x = inputs[0].contiguous();
    NdArray out = NdArray.allocate(x.dtype(), Image.places(name(), x.shape(), window));
    forEachPlane(x.shape(), plane -> maxima(x, out, plane));
    return new Result(out);
  }

  @Override
  public @Nullable NdArray[] gradients(Call call) {
    NdArray x = call.inputs()[0].contiguous();
    NdArray y = call.output().contiguous();
    NdArray g = call.gradient().contiguous();
    NdArray out = NdArray.allocate(x.dtype(), x.shape());
    forEachPlane(x.shape(), plane -> spread(x, y, g, out, plane));
    return new @Nullable NdArray[] {out};
  }

  /** Handles one channel of one image. */
  @FunctionalInterface
  private interface Plane {
    void run(int plane);
  }

  private static void forEachPlane(Shape images, Plane body) {
    int area = images.size(2) * images.size(3);
    Parallel.range(
        images.size(0) * images.size(1),
        Math.max(1, Parallel.ELEMENTS / area),
        (first, last) -> {
          for (int plane = first; plane < last; plane++) {
            body.run(plane);
          }
        });
  }

  /** Windows of 2 x 2 side by side, inside the image. */
  private boolean isSquares() {
    return window.equals(Window.of(2));
  }

  private void maxima(NdArray input, NdArray output, int plane) {
    float[] x = input.floats();
    float[] out = output.floats();
    int height = input.shape().size(2);
    int width = input.shape().size(3);
    int rows = output.shape().size(2);
    int columns = output.shape().size(3);
    int xAt = input.offset() + plane * height * width;
    int outAt = plane * rows * columns;
    if (isSquares()) {
      for (int i = 0; i < rows; i++) {
        KernelProvider.kernels()
            .maxSquares(x, xAt + 2 * i * width, width, out, outAt + i * columns, columns);
      }
      return;
    }
    float[] largest = new float[width];
    for (int i = 0; i < rows; i++) {
      int top = i * window.strideHeight() - window.paddingHeight();
      Arrays.fill(largest, Float.NEGATIVE_INFINITY);
      for (int row = Math.max(0, top); row < Math.min(height, top + window.height()); row++) {
        for (int j = 0; j < width; j++) {
          largest[j] = Math.max(largest[j], x[xAt + row * width + j]);
        }
      }
      for (int j = 0; j < columns; j++) {
        int left = j * window.strideWidth() - window.paddingWidth();
        float max = Float.NEGATIVE_INFINITY;
        for (int c = Math.max(0, left); c < Math.min(width, left + window.width()); c++) {
          max = Math.max(max, largest[c]);
        }
        out[outAt + i * columns + j] = max;
      }
    }
  }

  private void spread(NdArray input, NdArray output, NdArray gradient, NdArray result, int plane) {
    float[] x = input.floats();
    float[] y = output.floats();
    float[] g = gradient.floats();
    float[] out = result.floats();
    int height = input.shape().size(2);
    int width = input.shape().size(3);
    int rows = output.shape().size(2);
    int columns = output.shape().size(3);
    int xAt = input.offset() + plane * height * width;
    int outAt = plane * height * width;
    int yAt = output.offset() + plane * rows * columns;
    int gAt = gradient.offset() + plane * rows * columns;
    if (!isSquares() || height % 2 == 1 || width % 2 == 1) {
      Arrays.fill(out, outAt, outAt + height * width, 0);
    }
    if (isSquares()) {
      KernelProvider.kernels()
          .maxSquaresGradient(x, xAt, height, width, y, yAt, g, gAt, out, outAt);
      return;
    }
    for (int i = 0; i < rows; i++, yAt += columns, gAt += columns) {
      int top = i * window.strideHeight() - window.paddingHeight();
      for (int j = 0; j < columns; j++) {
        int left = j * window.strideWidth() - window.paddingWidth();
        int at = first(x, xAt, height, width, top, left, y[yAt + j]);
        out[outAt + at] += g[gAt + j];
      }
    }
  }

  /** Where in its channel the first element of a window is that equals the largest or is NaN. */
  private int first(float[] x, int xAt, int height, int width, int top, int left, float max) {
    int fromColumn = Math.max(0, left);
    int toColumn = Math.min(width, left + window.width());
    for (int row = Math.max(0, top); row < Math.min(height, top + window.height()); row++) {
      for (int at = row * width + fromColumn; at < row * width + toColumn; at++) {
        if (x[xAt + at] == max || Float.isNaN(x[xAt + at])) {
          return at;
        }
      }
    }
    throw new IllegalStateException("the largest element of a window is none of its elements");
  }

  @Override
  public Tensor composed(Steps steps, Tensor... inputs) {
    Tensor x = inputs[0];
    Tensor index = steps.apply(new ArgMaxPool2d(window), x);
    Shape planes = x.shape().slice(0, 2);
    int area = x.size(2) * x.size(3);
    int places = index.size(2) * index.size(3);
    return x.reshape(planes.concat(Shape.of(area)))
        .gather(2, index.reshape(planes.concat(Shape.of(places))))
        .reshape(index.shape());
  }
}
