package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.kernel.KernelProvider;
import org.lawu.internal.parallel.Parallel;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Product and sum in one pass over memory: {@code w = x y + z}, {@code dx = g y}, {@code dy = g x},
 * {@code dz = g}. The same bits as one after the other. Operands that are broadcast or strided take
 * the two passes.
 */
public record MulAdd() implements Fused {

  @Override
  public void check(NdArray... inputs) {
    Check.floating(name(), inputs[0]);
    Check.sameType(name(), inputs[0], inputs[1]);
    Check.sameType(name(), inputs[0], inputs[2]);
    Shape _ = shape(inputs);
  }

  private Shape shape(NdArray... inputs) {
    Shape product = Shape.broadcast(name(), inputs[0].shape(), inputs[1].shape());
    return Shape.broadcast(name(), product, inputs[2].shape());
  }

  @Override
  public Result compute(boolean keep, NdArray... inputs) {
    Shape shape = shape(inputs);
    for (NdArray input : inputs) {
      if (!input.shape().equals(shape) || !input.layout().isContiguous()) {
        return new Result(new Add().forward(new Mul().forward(inputs[0], inputs[1]), inputs[2]));
      }
    }
    return new Result(inOnePass(inputs[0], inputs[1], inputs[2]));
  }

  private static NdArray inOnePass(NdArray x, NdArray y, NdArray z) {
    var kernels = KernelProvider.kernels();
    NdArray out = NdArray.allocate(x.dtype(), x.shape());
    Parallel.range(
        out.elements(),
        Parallel.ELEMENTS,
        (from, to) ->
            kernels.mulAdd(
                x.floats(),
                x.offset() + from,
                y.floats(),
                y.offset() + from,
                z.floats(),
                z.offset() + from,
                out.floats(),
                from,
                to - from));
    return out;
  }

  @Override
  public @Nullable NdArray[] gradients(Call call) {
    NdArray g = call.gradient();
    boolean[] needs = call.needs();
    return new @Nullable NdArray[] {
      needs[0] ? new Mul().forward(g, call.inputs()[1]) : null,
      needs[1] ? new Mul().forward(g, call.inputs()[0]) : null,
      needs[2] ? g : null
    };
  }

  @Override
  public Tensor composed(Steps steps, Tensor... inputs) {
    return inputs[0].mul(inputs[1]).add(inputs[2]);
  }
}
