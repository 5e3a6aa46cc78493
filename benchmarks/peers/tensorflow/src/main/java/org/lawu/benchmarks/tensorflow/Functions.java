package org.lawu.benchmarks.tensorflow;

import org.jspecify.annotations.Nullable;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Workload.Elementwise;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Functions of each element or of each row; there is one operation for each but two. */
final class Functions {
  private Functions() {}

  static @Nullable Step of(Elementwise w, int threads) {
    var model = new Model(threads);
    Ops ops = model.ops();
    Operand<TFloat32> x = matrix(model, 1, w);
    Operand<TFloat32> result =
        switch (w.function()) {
          case ADD -> ops.math.add(x, matrix(model, 2, w));
          case EXP -> ops.math.exp(x);
          case TANH -> ops.math.tanh(x);
          case SUM -> ops.sum(x, ops.constant(new int[] {0, 1}));
          case MULTIPLY_ADD ->
              ops.math.add(ops.math.mul(x, matrix(model, 2, w)), matrix(model, 3, w));
          case BROADCAST_ADD -> ops.math.add(x, model.symmetric(2, w.columns()));
          case SOFTMAX -> ops.nn.softmax(x);
          case GELU, LAYER_NORM -> null;
        };
    if (result == null) {
      model.close();
      return null;
    }
    return Run.inference(model, result);
  }

  private static Operand<TFloat32> matrix(Model model, long seed, Elementwise w) {
    return model.symmetric(seed, w.rows(), w.columns());
  }
}
