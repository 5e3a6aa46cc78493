package org.lawu.internal.operation;

import org.lawu.error.DTypeException;
import org.lawu.internal.array.LoopNest;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.kernel.KernelProvider;
import org.lawu.internal.parallel.Parallel;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;

/** Walks tensors element by element and hands the inner runs to the kernels. */
final class Elementwise {
  private Elementwise() {}

  /** A kernel call on {@code n} elements starting at the given places. */
  @FunctionalInterface
  private interface Run1 {
    void run(int xAt, int outAt, int n);
  }

  /** A kernel call on {@code n} elements of two operands, whose steps are 0 or 1. */
  @FunctionalInterface
  interface Run2 {
    void run(int xAt, int xStep, int yAt, int yStep, int outAt, int n);
  }

  static NdArray unary(Unary operation, NdArray input) {
    if (!input.dtype().isFloating()
        && !(input.dtype() == DType.INT32 && operation.wholeNumbers())) {
      Check.floating(operation.name(), input);
    }
    NdArray x = input.contiguous();
    NdArray out = NdArray.allocate(x.dtype(), x.shape());
    switch (x.dtype()) {
      case FLOAT32 -> flat(x, floatRun(operation, x.floats(), out.floats()));
      case FLOAT64 -> {
        double[] from = x.doubles();
        double[] to = out.doubles();
        flat(
            x,
            (xAt, outAt, n) -> {
              for (int i = 0; i < n; i++) {
                to[outAt + i] = operation.reference(from[xAt + i]);
              }
            });
      }
      default -> {
        int[] from = x.ints();
        int[] to = out.ints();
        flat(
            x,
            (xAt, outAt, n) -> {
              for (int i = 0; i < n; i++) {
                to[outAt + i] = (int) (long) operation.reference(from[xAt + i]);
              }
            });
      }
    }
    return out;
  }

  private static Run1 floatRun(Unary operation, float[] from, float[] to) {
    var function = operation.kernel();
    if (function == null) {
      return (xAt, outAt, n) -> {
        for (int i = 0; i < n; i++) {
          to[outAt + i] = (float) operation.reference(from[xAt + i]);
        }
      };
    }
    var kernels = KernelProvider.kernels();
    float a = operation.a();
    float b = operation.b();
    return (xAt, outAt, n) -> kernels.unary(function, a, b, from, xAt, to, outAt, n);
  }

  private static void flat(NdArray x, Run1 body) {
    Parallel.range(
        x.elements(),
        Parallel.ELEMENTS,
        (from, to) -> body.run(x.offset() + from, from, to - from));
  }

  static NdArray binary(Binary operation, NdArray x, NdArray y) {
    String name = operation.name();
    Check.sameType(name, x, y);
    Shape shape = Shape.broadcast(name, x.shape(), y.shape());
    NdArray out = NdArray.allocate(x.dtype(), shape);
    binary(operation, x, y, out);
    return out;
  }

  /** Writes the result to {@code out}, which may be one of the operands. */
  static void binary(Binary operation, NdArray x, NdArray y, NdArray out) {
    switch (x.dtype()) {
      case FLOAT32 -> floatBinary(operation, x, y, out);
      case FLOAT64 ->
          broadcast(
              x,
              y,
              out,
              (a, b) -> {
                double[] from = a.doubles();
                double[] other = b.doubles();
                double[] to = out.doubles();
                return (xAt, xStep, yAt, yStep, outAt, n) -> {
                  for (int i = 0; i < n; i++) {
                    to[outAt + i] =
                        operation.reference(from[xAt + i * xStep], other[yAt + i * yStep]);
                  }
                };
              });
      case INT32 ->
          broadcast(
              x,
              y,
              out,
              (a, b) -> {
                int[] from = a.ints();
                int[] other = b.ints();
                int[] to = out.ints();
                return (xAt, xStep, yAt, yStep, outAt, n) -> {
                  for (int i = 0; i < n; i++) {
                    to[outAt + i] =
                        operation.reference(from[xAt + i * xStep], other[yAt + i * yStep]);
                  }
                };
              });
      case BOOL ->
          throw new DTypeException(
              operation.name() + ": BOOL is not supported; convert with .to(DType.FLOAT32) first");
    }
  }

  private static void floatBinary(Binary operation, NdArray x, NdArray y, NdArray out) {
    var function = operation.kernel();
    float[] to = out.floats();
    if (function == null) {
      broadcast(
          x,
          y,
          out,
          (a, b) -> {
            float[] from = a.floats();
            float[] other = b.floats();
            return (xAt, xStep, yAt, yStep, outAt, n) -> {
              for (int i = 0; i < n; i++) {
                to[outAt + i] =
                    (float) operation.reference(from[xAt + i * xStep], other[yAt + i * yStep]);
              }
            };
          });
      return;
    }
    var kernels = KernelProvider.kernels();
    broadcast(
        x,
        y,
        out,
        (a, b) -> {
          float[] from = a.floats();
          float[] other = b.floats();
          return (xAt, xStep, yAt, yStep, outAt, n) ->
              kernels.binary(function, from, xAt, xStep, other, yAt, yStep, to, outAt, n);
        });
  }

  /** Makes the kernel call for two operands that may have been copied. */
  @FunctionalInterface
  interface Run2Factory {
    Run2 over(NdArray x, NdArray y);
  }

  /** Runs over two operands broadcast to the contiguous {@code out}. */
  static void broadcast(NdArray x, NdArray y, NdArray out, Run2Factory factory) {
    if (out.elements() == 0) {
      return;
    }
    NdArray a = withUnitInnerStep(x, out.shape());
    NdArray b = withUnitInnerStep(y, out.shape());
    Run2 body = factory.over(a, b);
    var nest =
        LoopNest.of(a.layout().expand(out.shape()), b.layout().expand(out.shape()), out.layout());
    int length = nest.runLength();
    int xStep = nest.runStride(0);
    int yStep = nest.runStride(1);
    if (nest.runs() == 1) {
      nest.forEachRun(
          0,
          1,
          (run, at) ->
              Parallel.range(
                  length,
                  Parallel.ELEMENTS,
                  (from, to) ->
                      body.run(
                          at[0] + from * xStep,
                          xStep,
                          at[1] + from * yStep,
                          yStep,
                          at[2] + from,
                          to - from)));
      return;
    }
    Parallel.range(
        nest.runs(),
        Math.max(1, Parallel.ELEMENTS / length),
        (first, last) ->
            nest.forEachRun(
                first, last, (run, at) -> body.run(at[0], xStep, at[1], yStep, at[2], length)));
  }

  /** The operand itself where its inner runs can be read with step 0 or 1, else a copy. */
  static NdArray withUnitInnerStep(NdArray x, Shape shape) {
    var expanded = x.layout().expand(shape);
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      if (shape.size(axis) != 1) {
        int step = expanded.strides()[axis];
        return step == 0 || step == 1 ? x : x.copy();
      }
    }
    return x;
  }
}
