package org.lawu.benchmarks.tensorflow;

import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Workload.BatchedMatMul;
import org.lawu.benchmarks.workload.Workload.MatMul;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Matrix products. */
final class Products {
  private Products() {}

  static Step of(MatMul w, int threads) {
    var model = new Model(threads);
    Operand<TFloat32> a = matrix(model, 1, w.rows(), w.inner(), w.transposedA());
    Operand<TFloat32> b = matrix(model, 2, w.inner(), w.columns(), w.transposedB());
    return Run.inference(
        model,
        model
            .ops()
            .linalg
            .matMul(
                a,
                b,
                org.tensorflow.op.linalg.MatMul.transposeA(w.transposedA()),
                org.tensorflow.op.linalg.MatMul.transposeB(w.transposedB())));
  }

  private static Operand<TFloat32> matrix(
      Model model, long seed, int rows, int columns, boolean transposed) {
    return transposed ? model.symmetric(seed, columns, rows) : model.symmetric(seed, rows, columns);
  }

  static Step of(BatchedMatMul w, int threads) {
    var model = new Model(threads);
    Operand<TFloat32> a = model.symmetric(1, w.batch(), w.rows(), w.inner());
    Operand<TFloat32> b = model.symmetric(2, w.batch(), w.inner(), w.columns());
    return Run.inference(model, model.ops().train.batchMatMul(a, b, TFloat32.class));
  }
}
