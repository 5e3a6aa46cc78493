package org.lawu.benchmarks.lawu;

import java.util.function.Supplier;
import org.lawu.benchmarks.workload.Numbers;
import org.lawu.benchmarks.workload.Step;
import org.lawu.tensor.Autograd;
import org.lawu.tensor.Tensor;

/**
 * Inference: a tensor from others. The last result is kept until the next, as a caller would that
 * reads it.
 */
final class Computation implements Step {
  private final Supplier<Tensor> computation;
  private Tensor result = Tensor.scalar(0);

  Computation(Supplier<Tensor> computation) {
    this.computation = computation;
  }

  @Override
  public void run() {
    result = Autograd.noGrad(computation);
  }

  @Override
  public double check() {
    run();
    return Numbers.meanMagnitude(result.toFloatArray());
  }
}
