package org.lawu.benchmarks.lawu;

import org.lawu.benchmarks.workload.Numbers;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Workload.Elementwise;
import org.lawu.nn.layer.LayerNorm;
import org.lawu.tensor.Tensor;

/** Functions of each element or of each row. */
final class ElementwiseSteps {
  private ElementwiseSteps() {}

  static Step of(Elementwise w) {
    Tensor x = matrix(1, w);
    return new Computation(
        switch (w.function()) {
          case ADD -> {
            Tensor y = matrix(2, w);
            yield () -> x.add(y);
          }
          case EXP -> x::exp;
          case TANH -> x::tanh;
          case SUM -> x::sum;
          case MULTIPLY_ADD -> {
            Tensor y = matrix(2, w);
            Tensor z = matrix(3, w);
            yield () -> x.mulAdd(y, z);
          }
          case GELU -> x::gelu;
          case BROADCAST_ADD -> {
            Tensor row = Tensor.of(Numbers.symmetric(2, w.columns()));
            yield () -> x.add(row);
          }
          case SOFTMAX -> () -> x.softmax(-1);
          case LAYER_NORM -> {
            var norm = new LayerNorm(w.columns());
            yield () -> norm.predict(x);
          }
        });
  }

  private static Tensor matrix(long seed, Elementwise w) {
    return Tensor.of(Numbers.symmetric(seed, w.rows() * w.columns()), w.rows(), w.columns());
  }
}
