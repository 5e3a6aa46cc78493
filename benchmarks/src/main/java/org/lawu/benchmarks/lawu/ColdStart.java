package org.lawu.benchmarks.lawu;

import java.io.IOException;
import java.nio.file.Path;
import org.lawu.benchmarks.workload.Numbers;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
import org.lawu.nn.layer.Relu;
import org.lawu.tensor.Tensor;

/**
 * Loads the network for MNIST from a file, predicts one image and prints the mean magnitude of the
 * result.
 */
public final class ColdStart {
  private ColdStart() {}

  /** The argument is the file, which {@link Lawu#writeModel} wrote. */
  public static void main(String[] args) throws IOException {
    Sequential model =
        Sequential.of(new Dense(784, 128), new Relu(), new Dropout(0.2), new Dense(128, 10));
    model.load(Path.of(args[0]));
    Tensor image = Tensor.of(Numbers.uniform(1, 784, 0, 1), 1, 784);
    float[] scores = model.predict(image).toFloatArray();
    System.out.println("@predicted " + Numbers.meanMagnitude(scores));
  }
}
