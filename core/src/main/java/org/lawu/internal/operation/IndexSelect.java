package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.error.ShapeException;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.kernel.KernelProvider;
import org.lawu.internal.parallel.Parallel;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Along an axis, the slices that an INT32 vector names, in its order and as often as it names them.
 * {@code dx} adds each slice of {@code g} to the slice that it came from.
 */
public record IndexSelect(int axis) implements Operation {
  @Override
  public NdArray forward(NdArray... inputs) {
    NdArray x = inputs[0].contiguous();
    Check.type(name(), "the index", inputs[1], DType.INT32);
    if (inputs[1].shape().rank() != 1) {
      throw new ShapeException(
          "indexSelect: the index must be a vector, got %s; flatten it with reshape(-1)"
              .formatted(inputs[1].shape()));
    }
    NdArray index = inputs[1].contiguous();
    int along = x.shape().axis(name(), axis);
    int size = x.shape().size(along);
    Check.indices(name(), "index", index, size);
    int count = index.elements();
    NdArray out = NdArray.allocate(x.dtype(), x.shape().with(along, count));
    if (out.elements() == 0) {
      return out;
    }
    int inner = innerSize(x.shape(), along);
    int[] from = index.ints();
    Parallel.range(
        out.elements() / inner,
        Math.max(1, Parallel.ELEMENTS / inner),
        (first, last) -> {
          for (int i = first; i < last; i++) {
            int source = i / count * size + from[index.offset() + i % count];
            System.arraycopy(
                x.storage().array(),
                x.offset() + source * inner,
                out.storage().array(),
                i * inner,
                inner);
          }
        });
    return out;
  }

  private static int innerSize(Shape shape, int axis) {
    return shape.slice(axis + 1, shape.rank()).elements();
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
   * Zeros of a shape to which each slice of the input is added at the place its index names, in
   * rising order of the slices. Its gradient selects.
   */
  public record Scatter(int axis, Shape shape) implements Operation {

    @Override
    public NdArray forward(NdArray... inputs) {
      NdArray g = inputs[0].contiguous();
      NdArray index = inputs[1].contiguous();
      NdArray out = NdArray.zeros(g.dtype(), shape);
      int along = shape.axis(name(), axis);
      int inner = innerSize(shape, along);
      int size = shape.size(along);
      int count = index.elements();
      if (g.elements() == 0) {
        return out;
      }
      int slices = g.elements() / inner;
      for (int i = 0; i < slices; i++) {
        int target = (i / count * size + index.ints()[index.offset() + i % count]) * inner;
        addRow(g, g.offset() + i * inner, out, target, inner);
      }
      return out;
    }

    private static void addRow(NdArray g, int at, NdArray out, int target, int n) {
      if (g.dtype() == DType.FLOAT32) {
        KernelProvider.kernels().axpy(1, g.floats(), at, out.floats(), target, n);
      } else {
        for (int i = 0; i < n; i++) {
          out.doubles()[target + i] += g.doubles()[at + i];
        }
      }
    }

    @Override
    public @Nullable Tensor[] gradients(Backward backward) {
      return backward.each(
          () -> backward.gradient().indexSelect(axis, backward.input(1)), () -> null);
    }
  }
}
