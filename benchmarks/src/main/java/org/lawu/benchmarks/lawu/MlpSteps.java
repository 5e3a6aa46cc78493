package org.lawu.benchmarks.lawu;

import org.lawu.benchmarks.workload.Numbers;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Workload.MlpStep;
import org.lawu.nn.Pass;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
import org.lawu.nn.layer.Relu;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/** The two dense layers for MNIST. */
final class MlpSteps {
  private MlpSteps() {}

  static Sequential model() {
    return Training.withWeights(
        Sequential.of(new Dense(784, 128), new Relu(), new Dropout(0.2), new Dense(128, 10)));
  }

  static Step of(MlpStep w) {
    Sequential model = model();
    Tensor images = Tensor.of(Numbers.uniform(1, w.batch() * 784, 0, 1), w.batch(), 784);
    Tensor labels = Tensor.of(Numbers.whole(2, w.batch(), 10));
    var random = new Philox(3);
    var crossEntropy = new CrossEntropy();
    return new Training(
        () -> crossEntropy.of(model.forward(images, Pass.training(random)), labels));
  }
}
