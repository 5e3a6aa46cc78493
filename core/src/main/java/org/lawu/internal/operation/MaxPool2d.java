package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.parallel.Parallel;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Window;

/**
 * The largest element of every place of a window on images {@code [n, channels, height, width]};
 * what is beyond the image does not count. {@code dx} has {@code g} added at the first of several
 * largest (at the first NaN, if there is one). Keeps where they are.
 */
public record MaxPool2d(Window window) implements Fused {

  @Override
  public void check(NdArray... inputs) {
    Check.floating(name(), inputs[0]);
    Shape _ = Image.places(name(), inputs[0].shape(), window);
  }

  @Override
  public Result compute(boolean keep, NdArray... inputs) {
    NdArray x = inputs[0].contiguous();
    NdArray index = new ArgMaxPool2d(window).forward(x);
    NdArray out = NdArray.allocate(x.dtype(), index.shape());
    forEachPlane(
        x.shape(),
        index.shape(),
        (area, places, plane) -> {
          int from = x.offset() + plane * area;
          for (int i = plane * places; i < (plane + 1) * places; i++) {
            out.floats()[i] = x.floats()[from + index.ints()[i]];
          }
        });
    return new Result(out, index);
  }

  @Override
  public @Nullable NdArray[] gradients(Call call) {
    NdArray index = call.kept()[0];
    NdArray g = call.gradient().contiguous();
    Shape shape = call.inputs()[0].shape();
    NdArray out = NdArray.zeros(g.dtype(), shape);
    forEachPlane(
        shape,
        index.shape(),
        (area, places, plane) -> {
          int to = plane * area;
          for (int i = plane * places; i < (plane + 1) * places; i++) {
            out.floats()[to + index.ints()[i]] += g.floats()[g.offset() + i];
          }
        });
    return new @Nullable NdArray[] {out};
  }

  /** Handles one channel of one image, of so many elements and so many places of the window. */
  @FunctionalInterface
  private interface Plane {
    void run(int area, int places, int plane);
  }

  private static void forEachPlane(Shape image, Shape places, Plane body) {
    int area = image.size(2) * image.size(3);
    int perPlane = places.size(2) * places.size(3);
    Parallel.range(
        image.size(0) * image.size(1),
        Math.max(1, Parallel.ELEMENTS / area),
        (first, last) -> {
          for (int plane = first; plane < last; plane++) {
            body.run(area, perPlane, plane);
          }
        });
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
