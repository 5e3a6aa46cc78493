package org.lawu.benchmarks.lawu;

import java.util.function.Supplier;
import org.lawu.benchmarks.workload.Numbers;
import org.lawu.benchmarks.workload.Step;
import org.lawu.tensor.Autograd;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Workspace;

/**
 * Inference: a tensor from others, in a workspace, as a caller has it who computes the same again
 * and again.
 */
final class Computation implements Step {
  private final Workspace workspace = new Workspace();
  private final Supplier<Tensor> computation;

  Computation(Supplier<Tensor> computation) {
    this.computation = computation;
  }

  @Override
  public void run() {
    int _ = workspace.run(() -> Autograd.noGrad(computation).rank());
  }

  @Override
  public double check() {
    return Numbers.meanMagnitude(Autograd.noGrad(computation).toFloatArray());
  }
}
