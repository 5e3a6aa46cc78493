package org.lawu.benchmarks.pytorch;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Tensor;
import org.lawu.benchmarks.workload.Step;

/**
 * A training step: the loss, its gradients, Adam with a rate of 0.001. What the loss was computed
 * from is let go of before its gradients are, as the end of a function does it in Python, so that
 * memory is free as soon as the graph needs it no more.
 */
final class Training implements Step {
  private final Supplier<Tensor> loss;
  private final Adam optimizer;

  Training(Parameters parameters, Supplier<Tensor> loss) {
    this.loss = loss;
    this.optimizer = new Adam(parameters.all(), new AdamOptions(1e-3));
  }

  @Override
  public void run() {
    try (var _ = new PointerScope()) {
      optimizer.zero_grad();
      forward().backward();
      optimizer.step();
    }
  }

  private Tensor forward() {
    PointerScope outer = PointerScope.getInnerScope();
    try (var inner = new PointerScope()) {
      Tensor value = loss.get();
      outer.attach(value);
      inner.detach(value);
      return value;
    }
  }

  @Override
  public double check() {
    for (int i = 0; i < STEPS; i++) {
      run();
    }
    try (var _ = new PointerScope()) {
      return loss.get().item_float();
    }
  }
}
