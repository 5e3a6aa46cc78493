package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.kernel.KernelProvider;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Choice: {@code z = mask ? x : y}, all three broadcast to each other; {@code dx = mask ? g : 0}
 * and {@code dy = mask ? 0 : g}.
 */
public record Where() implements Operation {

  @Override
  public NdArray forward(NdArray... inputs) {
    Check.type(name(), "the mask", inputs[0], DType.BOOL);
    NdArray x = inputs[1];
    NdArray y = inputs[2];
    Check.sameType(name(), x, y);
    Shape branches = Shape.broadcast(name(), x.shape(), y.shape());
    Shape shape = Shape.broadcast(name(), inputs[0].shape(), branches);
    boolean[] mask = inputs[0].expand(shape).copy().booleans();
    NdArray out = NdArray.allocate(x.dtype(), shape);
    Elementwise.broadcast(
        x,
        y,
        out,
        (a, b) ->
            switch (a.dtype()) {
              case FLOAT32 -> {
                var kernels = KernelProvider.kernels();
                yield (xAt, xStep, yAt, yStep, outAt, n) ->
                    kernels.select(
                        mask,
                        outAt,
                        a.floats(),
                        xAt,
                        xStep,
                        b.floats(),
                        yAt,
                        yStep,
                        out.floats(),
                        outAt,
                        n);
              }
              case FLOAT64 ->
                  (xAt, xStep, yAt, yStep, outAt, n) -> {
                    for (int i = 0; i < n; i++) {
                      out.doubles()[outAt + i] =
                          mask[outAt + i]
                              ? a.doubles()[xAt + i * xStep]
                              : b.doubles()[yAt + i * yStep];
                    }
                  };
              case INT32 ->
                  (xAt, xStep, yAt, yStep, outAt, n) -> {
                    for (int i = 0; i < n; i++) {
                      out.ints()[outAt + i] =
                          mask[outAt + i] ? a.ints()[xAt + i * xStep] : b.ints()[yAt + i * yStep];
                    }
                  };
              case BOOL ->
                  (xAt, xStep, yAt, yStep, outAt, n) -> {
                    for (int i = 0; i < n; i++) {
                      out.booleans()[outAt + i] =
                          mask[outAt + i]
                              ? a.booleans()[xAt + i * xStep]
                              : b.booleans()[yAt + i * yStep];
                    }
                  };
            });
    return out;
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    Tensor mask = backward.input(0);
    Tensor g = backward.gradient();
    Tensor zero = Tensor.scalar(0, g.dtype());
    return backward.each(
        () -> null, () -> Tensor.where(mask, g, zero), () -> Tensor.where(mask, zero, g));
  }
}
