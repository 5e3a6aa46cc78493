package org.lawu.benchmarks.dl4j;

import org.jspecify.annotations.Nullable;
import org.lawu.benchmarks.workload.Numbers;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Workload.Elementwise;
import org.lawu.benchmarks.workload.Workload.MatMul;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastAddOp;
import org.nd4j.linalg.api.ops.impl.transforms.custom.SoftMax;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/** Computations on arrays, into a place that is there. */
record Computation(Runnable computation, INDArray result) implements Step {

  static Step of(MatMul w) {
    INDArray a = matrix(1, w.rows(), w.inner(), w.transposedA());
    INDArray b = matrix(2, w.inner(), w.columns(), w.transposedB());
    // Columns first, as BLAS writes them.
    INDArray out = Nd4j.create(new int[] {w.rows(), w.columns()}, 'f');
    return new Computation(() -> a.mmuli(b, out), out);
  }

  private static INDArray matrix(long seed, int rows, int columns, boolean transposed) {
    float[] numbers = Numbers.symmetric(seed, rows * columns);
    return transposed
        ? Nd4j.create(numbers, new int[] {columns, rows}).transpose()
        : Nd4j.create(numbers, new int[] {rows, columns});
  }

  static @Nullable Step of(Elementwise w) {
    INDArray x = matrix(1, w.rows(), w.columns(), false);
    INDArray out = Nd4j.create(w.rows(), w.columns());
    return switch (w.function()) {
      case ADD -> {
        INDArray y = matrix(2, w.rows(), w.columns(), false);
        yield new Computation(() -> x.addi(y, out), out);
      }
      case EXP -> new Computation(() -> Nd4j.exec(new Exp(x, out)), out);
      case TANH -> new Computation(() -> Nd4j.exec(new Tanh(x, out)), out);
      case SUM -> {
        INDArray sum = Nd4j.scalar(0f);
        yield new Computation(() -> sum.assign(x.sumNumber().floatValue()), sum);
      }
      case BROADCAST_ADD -> {
        INDArray row = Nd4j.create(Numbers.symmetric(2, w.columns()), new int[] {w.columns()});
        yield new Computation(() -> Nd4j.exec(new BroadcastAddOp(x, row, out, 1)), out);
      }
      case SOFTMAX -> new Computation(() -> Nd4j.exec(new SoftMax(x, out, -1)), out);
      case MULTIPLY_ADD, GELU, LAYER_NORM -> null;
    };
  }

  @Override
  public void run() {
    computation.run();
  }

  @Override
  public double check() {
    run();
    return Numbers.meanMagnitude(result.dup('c').data().asFloat());
  }
}
