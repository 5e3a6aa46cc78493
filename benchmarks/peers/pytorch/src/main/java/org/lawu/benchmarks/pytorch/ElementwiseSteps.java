package org.lawu.benchmarks.pytorch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Workload.Elementwise;

/** Functions of each element or of each row, into a place that is there. */
final class ElementwiseSteps {
  private ElementwiseSteps() {}

  static Step of(Elementwise w) {
    Tensor x = matrix(1, w);
    Tensor out = torch.empty(w.rows(), w.columns());
    return new Computation(
        switch (w.function()) {
          case ADD -> {
            Tensor y = matrix(2, w);
            yield () -> torch.add_out(out, x, y);
          }
          case EXP -> () -> torch.exp_out(out, x);
          case TANH -> () -> torch.tanh_out(out, x);
          case SUM -> () -> torch.sum(x);
          case MULTIPLY_ADD -> {
            Tensor y = matrix(2, w);
            Tensor z = matrix(3, w);
            yield () -> torch.addcmul_out(out, z, x, y);
          }
          case GELU -> () -> torch.gelu_out(out, x);
          case BROADCAST_ADD -> {
            Tensor row = Tensors.symmetric(2, w.columns());
            yield () -> torch.add_out(out, x, row);
          }
          case SOFTMAX -> () -> torch.softmax_out(out, x, -1);
          case LAYER_NORM -> {
            var weight = new TensorOptional(Tensors.weight("norm.weight", w.columns()));
            var bias = new TensorOptional(Tensors.weight("norm.bias", w.columns()));
            Tensor mean = torch.empty(w.rows(), 1);
            Tensor deviation = torch.empty(w.rows(), 1);
            long[] shape = {w.columns()};
            yield () -> {
              torch.native_layer_norm_out(out, mean, deviation, x, shape, weight, bias, 1e-5);
              return out;
            };
          }
        });
  }

  private static Tensor matrix(long seed, Elementwise w) {
    return Tensors.symmetric(seed, w.rows(), w.columns());
  }
}
