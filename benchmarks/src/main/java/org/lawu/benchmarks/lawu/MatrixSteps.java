package org.lawu.benchmarks.lawu;

import org.lawu.benchmarks.workload.Numbers;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Workload.BatchedMatMul;
import org.lawu.benchmarks.workload.Workload.MatMul;
import org.lawu.benchmarks.workload.Workload.MatVec;
import org.lawu.tensor.Tensor;

/** Matrix products. */
final class MatrixSteps {
  private MatrixSteps() {}

  static Step of(MatMul w) {
    Tensor a = matrix(1, w.rows(), w.inner(), w.transposedA());
    Tensor b = matrix(2, w.inner(), w.columns(), w.transposedB());
    return new Computation(() -> a.matmul(b));
  }

  private static Tensor matrix(long seed, int rows, int columns, boolean transposed) {
    float[] numbers = Numbers.symmetric(seed, rows * columns);
    return transposed
        ? Tensor.of(numbers, columns, rows).transpose()
        : Tensor.of(numbers, rows, columns);
  }

  static Step of(MatVec w) {
    Tensor matrix = matrix(1, w.size(), w.size(), false);
    Tensor vector = Tensor.of(Numbers.symmetric(2, w.size()));
    return new Computation(() -> matrix.matmul(vector));
  }

  static Step of(BatchedMatMul w) {
    Tensor a =
        Tensor.of(
            Numbers.symmetric(1, w.batch() * w.rows() * w.inner()), w.batch(), w.rows(), w.inner());
    Tensor b =
        Tensor.of(
            Numbers.symmetric(2, w.batch() * w.inner() * w.columns()),
            w.batch(),
            w.inner(),
            w.columns());
    return new Computation(() -> a.matmul(b));
  }
}
