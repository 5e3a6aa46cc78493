package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.error.ShapeException;
import org.lawu.internal.array.NdArray;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Affine map of the last axis: {@code Y = X W^T + b} for {@code X [..., in]}, {@code W [out, in]}
 * and an optional {@code b [out]}; {@code dX = G W}, {@code dW = G^T X}, {@code db = sum of G's
 * rows}.
 */
public record Linear() implements Operation {

  @Override
  public NdArray forward(NdArray... inputs) {
    NdArray weight = inputs[1];
    check(inputs);
    NdArray x = inputs[0];
    Shape leading = x.shape().slice(0, x.shape().rank() - 1);
    int out = weight.shape().size(0);
    int in = weight.shape().size(1);
    NdArray rows = x.shape().rank() == 2 ? x : x.reshape(Shape.of(leading.elements(), in));
    NdArray y = NdArray.allocate(x.dtype(), leading.concat(Shape.of(out)));
    if (y.elements() == 0) {
      return y;
    }
    Gemm.linear(rows, weight, inputs.length == 2 ? null : inputs[2].contiguous(), y);
    return y;
  }

  private void check(NdArray... inputs) {
    NdArray x = inputs[0];
    NdArray weight = inputs[1];
    Check.floating(name(), x);
    Check.sameType(name(), x, weight);
    if (weight.shape().rank() != 2) {
      throw new ShapeException(
          "linear: the weight must be [out, in], got %s".formatted(weight.shape()));
    }
    int in = weight.shape().size(1);
    if (x.shape().rank() == 0 || x.shape().size(-1) != in) {
      throw new ShapeException(
          "linear: last axis must be %d, input is %s (weight %s)"
              .formatted(in, x.shape(), weight.shape()));
    }
    if (inputs.length == 3) {
      Check.sameType(name(), x, inputs[2]);
      if (!inputs[2].shape().equals(weight.shape().slice(0, 1))) {
        throw new ShapeException(
            "linear: the bias must be [%d], got %s (weight %s)"
                .formatted(weight.shape().size(0), inputs[2].shape(), weight.shape()));
      }
    }
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    Tensor x = backward.input(0);
    Tensor weight = backward.input(1);
    // Not -1, which cannot be computed where in or out is 0.
    int rows = x.shape().slice(0, x.rank() - 1).elements();
    Tensor g = backward.gradient().reshape(rows, weight.size(0));
    return backward.each(
        () -> g.matmul(weight).reshape(x.shape()),
        () -> g.transpose(0, 1).matmul(x.reshape(rows, weight.size(1))),
        () -> g.sum(0));
  }
}
