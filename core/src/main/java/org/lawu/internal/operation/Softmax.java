package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.kernel.KernelProvider;
import org.lawu.internal.kernel.ReferenceKernels;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Softmax along an axis: {@code y_i = e^(x_i - max x) / sum_j e^(x_j - max x)}, {@code dx = y (g -
 * sum_j g_j y_j)}.
 */
public record Softmax(int axis) implements Operation {

  @Override
  public Saves saves() {
    return Saves.OUTPUT;
  }

  @Override
  public NdArray forward(NdArray... inputs) {
    Check.floating(name(), inputs[0]);
    int along = inputs[0].shape().axis(name(), axis);
    return Rows.map(inputs[0], along, KernelProvider.kernels()::softmax, ReferenceKernels::softmax);
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    return backward.each(
        () -> backward.apply(new Gradient(axis), backward.output(), backward.gradient()));
  }

  /**
   * {@code y (g - sum(g y))} in one pass; for the upper gradient {@code u}, {@code dy = u (g -
   * sum(g y)) - g sum(u y)}.
   */
  public record Gradient(int axis) implements Operation {

    @Override
    public NdArray forward(NdArray... inputs) {
      Shape shape = inputs[0].shape();
      int along = shape.axis(name(), axis);
      return Rows.map(
          inputs[0],
          inputs[1].expand(shape),
          along,
          KernelProvider.kernels()::softmaxGradient,
          ReferenceKernels::softmaxGradient);
    }

    @Override
    public @Nullable Tensor[] gradients(Backward backward) {
      Tensor y = backward.input(0);
      Tensor g = backward.input(1);
      Tensor upper = backward.gradient();
      int[] along = {axis};
      return backward.each(
          () -> {
            Tensor left = upper.mul(g.sub(g.mul(y).sum(along, true)));
            return left.sub(g.mul(upper.mul(y).sum(along, true)));
          },
          () -> backward.apply(this, y, upper));
    }
  }
}
