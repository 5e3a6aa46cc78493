package org.lawu.benchmarks.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.FloatBuffer;
import java.util.Map;
import org.lawu.benchmarks.workload.Numbers;

/**
 * Loads the network for MNIST from a file, predicts one image and prints the mean magnitude of the
 * result.
 */
public final class ColdStart {
  private ColdStart() {}

  /** The arguments are the number of threads and the file. */
  public static void main(String[] args) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (var options = Inference.options(Integer.parseInt(args[0]));
        var session = environment.createSession(args[1], options);
        var image =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(Numbers.uniform(1, 784, 0, 1)), new long[] {1, 784});
        var result = session.run(Map.of("x", image))) {
      float[][] scores = (float[][]) result.get(0).getValue();
      System.out.println("@predicted " + Numbers.meanMagnitude(scores[0]));
    }
  }
}
