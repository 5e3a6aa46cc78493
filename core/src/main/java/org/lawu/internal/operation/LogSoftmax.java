package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.kernel.KernelProvider;
import org.lawu.internal.kernel.ReferenceKernels;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * LogSoftmax along an axis: {@code y_i = x_i - max x - log sum_j e^(x_j - max x)}, {@code dx = g -
 * e^y sum_j g_j}.
 */
public record LogSoftmax(int axis) implements Operation {

  @Override
  public Saves saves() {
    return Saves.OUTPUT;
  }

  @Override
  public NdArray forward(NdArray... inputs) {
    Check.floating(name(), inputs[0]);
    int along = inputs[0].shape().axis(name(), axis);
    return Rows.map(
        inputs[0], along, KernelProvider.kernels()::logSoftmax, ReferenceKernels::logSoftmax);
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    return backward.each(
        () -> backward.apply(new Gradient(axis), backward.output(), backward.gradient()));
  }

  /**
   * {@code g - e^y sum(g)} in one pass; for the upper gradient {@code u}, {@code dy = -u e^y
   * sum(g)} and {@code dg = u - sum(u e^y)}.
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
          KernelProvider.kernels()::logSoftmaxGradient,
          ReferenceKernels::logSoftmaxGradient);
    }

    @Override
    public @Nullable Tensor[] gradients(Backward backward) {
      Tensor y = backward.input(0);
      Tensor g = backward.input(1);
      Tensor upper = backward.gradient();
      int[] along = {axis};
      return backward.each(
          () -> upper.mul(y.exp()).mul(g.sum(along, true)).neg(),
          () -> upper.sub(upper.mul(y.exp()).sum(along, true)));
    }
  }
}
