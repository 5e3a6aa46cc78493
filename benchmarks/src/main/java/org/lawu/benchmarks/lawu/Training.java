package org.lawu.benchmarks.lawu;

import java.util.function.Supplier;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Weights;
import org.lawu.nn.Layer;
import org.lawu.optim.Adam;
import org.lawu.optim.Optimizer;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Workspace;

/**
 * A training step: the loss, its gradients, Adam with a rate of 0.001; in a workspace, as a trainer
 * does it.
 */
final class Training implements Step {
  private final Workspace workspace = new Workspace();
  private final Supplier<Tensor> loss;
  private final Optimizer optimizer = new Adam(1e-3);

  Training(Supplier<Tensor> loss) {
    this.loss = loss;
  }

  @Override
  public void run() {
    double _ =
        workspace.run(() -> {
          Tensor value = loss.get();
          optimizer.step(value.backward());
          return value.item();
        });
  }

  /** The loss, with all that its gradients will be computed from. */
  Tensor forward() {
    return loss.get();
  }

  @Override
  public double check() {
    for (int i = 0; i < STEPS; i++) {
      run();
    }
    return loss.get().item();
  }

  /** Gives a model the weights of {@link Weights}, by names, and returns it. */
  static <L extends Layer> L withWeights(L model) {
    model
        .namedParameters()
        .forEach((name, parameter) -> {
          // Batch normalization counts its batches in a parameter that is not trained.
          if (parameter.isTrainable()) {
            int[] sizes = parameter.shape().toArray();
            parameter.set(Tensor.of(Weights.of(name, sizes), sizes));
          }
        });
    return model;
  }
}
