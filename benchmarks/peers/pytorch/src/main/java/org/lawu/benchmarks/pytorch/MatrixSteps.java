package org.lawu.benchmarks.pytorch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Workload.BatchedMatMul;
import org.lawu.benchmarks.workload.Workload.MatMul;
import org.lawu.benchmarks.workload.Workload.MatVec;

/** Matrix products into a place that is there. */
final class MatrixSteps {
  private MatrixSteps() {}

  static Step of(MatMul w) {
    Tensor a = matrix(1, w.rows(), w.inner(), w.transposedA());
    Tensor b = matrix(2, w.inner(), w.columns(), w.transposedB());
    Tensor out = torch.empty(w.rows(), w.columns());
    return new Computation(() -> torch.mm_out(out, a, b));
  }

  private static Tensor matrix(long seed, int rows, int columns, boolean transposed) {
    return transposed
        ? Tensors.symmetric(seed, columns, rows).t()
        : Tensors.symmetric(seed, rows, columns);
  }

  static Step of(MatVec w) {
    Tensor matrix = Tensors.symmetric(1, w.size(), w.size());
    Tensor vector = Tensors.symmetric(2, w.size());
    Tensor out = torch.empty(w.size());
    return new Computation(() -> torch.mv_out(out, matrix, vector));
  }

  static Step of(BatchedMatMul w) {
    Tensor a = Tensors.symmetric(1, w.batch(), w.rows(), w.inner());
    Tensor b = Tensors.symmetric(2, w.batch(), w.inner(), w.columns());
    Tensor out = torch.empty(w.batch(), w.rows(), w.columns());
    return new Computation(() -> torch.bmm_out(out, a, b));
  }
}
