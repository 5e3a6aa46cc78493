package org.lawu.benchmarks.lawu;

import java.io.IOException;
import java.nio.file.Path;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Workload.MnistEpoch;
import org.lawu.data.Batch;
import org.lawu.data.DataLoader;
import org.lawu.data.sets.Mnist;
import org.lawu.nn.Pass;
import org.lawu.nn.Sequential;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.optim.Adam;
import org.lawu.optim.Optimizer;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/** Epochs of training on MNIST, read from the folder of the examples. */
final class MnistEpochs implements Step {
  private final DataLoader loader;
  private final Sequential model = MlpSteps.model();
  private final Optimizer optimizer = new Adam(1e-3);
  private final CrossEntropy crossEntropy = new CrossEntropy();
  private final Philox random = new Philox(3);

  private MnistEpochs(DataLoader loader) {
    this.loader = loader;
  }

  static Step of(MnistEpoch w, Path root) throws IOException {
    Mnist mnist = Mnist.read(root.resolve("examples/data/mnist"));
    return new MnistEpochs(new DataLoader(mnist.train(), w.batch()).shuffle(new Philox(4)));
  }

  @Override
  public void run() {
    epoch();
  }

  /** The mean loss of the first epoch. */
  @Override
  public double check() {
    return epoch();
  }

  private double epoch() {
    double total = 0;
    int records = 0;
    for (Batch batch : loader) {
      Tensor images = batch.features().reshape(batch.size(), 784);
      Tensor output = model.forward(images, Pass.training(random));
      Tensor loss = crossEntropy.of(output, batch.labels());
      optimizer.step(loss.backward());
      total += loss.item() * batch.size();
      records += batch.size();
    }
    return total / records;
  }
}
