package org.lawu.benchmarks.pytorch;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.lawu.benchmarks.workload.Step;

/**
 * Inference: nothing is recorded, and results are freed at once or are written to a given place.
 */
final class Computation implements Step {
  private final Supplier<Tensor> computation;
  private final InferenceMode mode = new InferenceMode(true);

  Computation(Supplier<Tensor> computation) {
    this.computation = computation;
  }

  @Override
  public void run() {
    try (var _ = new PointerScope()) {
      Tensor _ = computation.get();
    }
  }

  @Override
  public double check() {
    try (var _ = new PointerScope()) {
      return computation.get().abs().mean().item_float();
    }
  }

  @Override
  public void close() {
    mode.deallocate();
  }
}
