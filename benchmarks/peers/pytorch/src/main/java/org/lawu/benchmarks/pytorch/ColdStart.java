package org.lawu.benchmarks.pytorch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.lawu.benchmarks.workload.Numbers;
import org.lawu.benchmarks.workload.Weights;

/**
 * Loads the network for MNIST from a file, predicts one image and prints the mean magnitude of the
 * result.
 */
public final class ColdStart {
  private static final int BYTES = 4;

  private ColdStart() {}

  /** The arguments are the number of threads and the file. */
  public static void main(String[] args) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(Path.of(args[1])));
    FloatBuffer stored = bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    torch.set_num_threads(Integer.parseInt(args[0]));
    var _ = new InferenceMode(true);
    Tensor weight0 = next(stored, 128, 784);
    Tensor bias0 = next(stored, 128);
    Tensor weight3 = next(stored, 10, 128);
    Tensor bias3 = next(stored, 10);
    Tensor image = Tensor.create(Numbers.uniform(1, 784, 0, 1), 1, 784);
    Tensor hidden = torch.relu(torch.linear(image, weight0, new TensorOptional(bias0)));
    Tensor scores = torch.linear(hidden, weight3, new TensorOptional(bias3));
    float[] result = new float[10];
    new FloatPointer(scores.data_ptr()).get(result);
    System.out.println("@predicted " + Numbers.meanMagnitude(result));
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static Tensor next(FloatBuffer stored, int... sizes) {
    int count = sizes.length == 1 ? sizes[0] : sizes[0] * sizes[1];
    float[] values = new float[count];
    stored.get(values);
    Tensor flat = Tensor.create(values, count);
    return sizes.length == 1 ? flat : flat.view(sizes[0], sizes[1]);
  }

  static void write(Path file) throws IOException {
    float[][] weights = {
      Weights.of("0.weight", 128, 784),
      Weights.of("0.bias", 128),
      Weights.of("3.weight", 10, 128),
      Weights.of("3.bias", 10)
    };
    int count = 0;
    for (float[] values : weights) {
      count += values.length;
    }
    ByteBuffer bytes = ByteBuffer.allocate(count * BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] values : weights) {
      for (float value : values) {
        bytes.putFloat(value);
      }
    }
    Files.write(file, bytes.array());
  }
}
