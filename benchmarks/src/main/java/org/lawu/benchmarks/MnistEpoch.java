package org.lawu.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import org.lawu.data.Batch;
import org.lawu.data.DataLoader;
import org.lawu.data.Dataset;
import org.lawu.data.Mnist;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
import org.lawu.nn.layer.Flatten;
import org.lawu.nn.layer.Relu;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.nn.loss.Loss;
import org.lawu.optim.Adam;
import org.lawu.optim.Optimizer;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * Lawu's side of the {@code mnist-epoch} benchmark: Dense(784, 128), relu, dropout 0.2, Dense(128,
 * 10), cross-entropy, Adam, on shuffled batches. Prints the seconds of each epoch after the first,
 * which warms up.
 *
 * <p>Arguments: the folder of MNIST, batch size, threads, epochs.
 */
public final class MnistEpoch {
  private MnistEpoch() {}

  /** Trains and prints. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    int batchSize = Integer.parseInt(args[1]);
    // Read when the first kernel runs.
    System.setProperty("lawu.threads", args[2]);
    int epochs = Integer.parseInt(args[3]);

    Dataset train = Mnist.read(folder).train();
    var random = new Philox(1);
    Sequential model =
        Sequential.of(
            new Flatten(), new Dense(784, 128), new Relu(), new Dropout(0.2), new Dense(128, 10));
    model.initialize(random);
    var loader = new DataLoader(train, batchSize).shuffle(random.split());
    var optimizer = new Adam(1e-3);
    for (int epoch = 0; epoch <= epochs; epoch++) {
      long start = System.nanoTime();
      double loss = epoch(loader, model, optimizer, random);
      double seconds = (System.nanoTime() - start) * 1e-9;
      if (epoch > 0) {
        System.out.printf("%.3f%n", seconds);
      } else {
        System.err.printf("lawu: loss of the first epoch %.4f%n", loss);
      }
    }
  }

  private static double epoch(DataLoader loader, Layer model, Optimizer optimizer, Philox random) {
    Loss crossEntropy = new CrossEntropy();
    double total = 0;
    int records = 0;
    for (Batch batch : loader) {
      Tensor output = model.forward(batch.features(), Pass.training(random));
      Tensor loss = crossEntropy.of(output, batch.labels());
      optimizer.step(loss.backward());
      total += loss.item() * batch.size();
      records += batch.size();
    }
    return total / records;
  }
}
