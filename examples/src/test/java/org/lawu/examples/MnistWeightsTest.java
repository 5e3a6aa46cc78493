package org.lawu.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lawu.data.Batch;
import org.lawu.data.Dataset;
import org.lawu.data.sets.Mnist;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.layer.BatchNorm1d;
import org.lawu.nn.layer.BatchNorm2d;
import org.lawu.nn.layer.Conv2d;
import org.lawu.nn.layer.Dense;
import org.lawu.tensor.Tensor;

/** A network that another framework has trained reads digits here as it does there. */
class MnistWeightsTest {
  private static final int BATCH = 500;

  /** What libtorch classifies correctly of the 10,000 test images. */
  private static final int ELSEWHERE = 9_917;

  private static final class Network extends Layer {
    private final Conv2d conv1 = child("conv1", new Conv2d(1, 8, 3));
    private final Conv2d conv2 = child("conv2", new Conv2d(8, 16, 3));
    private final Conv2d conv3 = child("conv3", new Conv2d(16, 24, 3));
    private final BatchNorm2d norm1 = child("norm1", new BatchNorm2d(24));
    private final Dense fc1 = child("fc1", new Dense(24 * 22 * 22, 32));
    private final Dense fc2 = child("fc2", new Dense(32, 10));
    private final BatchNorm1d norm2 = child("norm2", new BatchNorm1d(10));

    @Override
    protected Tensor compute(Tensor input, Pass pass) {
      Tensor x = input.sub(0.1307).div(0.3081);
      x = conv1.forward(x, pass).relu();
      x = conv2.forward(x, pass).relu();
      x = conv3.forward(x, pass).relu();
      x = norm1.forward(x, pass).flatten(1);
      x = fc1.forward(x, pass).relu();
      return norm2.forward(fc2.forward(x, pass), pass);
    }
  }

  @Test
  void readsDigitsAsWhereItWasTrained() throws Exception {
    var network = new Network();
    var file = Objects.requireNonNull(getClass().getResource("/models/mnist-cnn.safetensors"));
    network.load(Path.of(file.toURI()));
    Dataset test = Mnist.read(TestData.find("mnist")).test();
    int correct = 0;
    for (int from = 0; from < test.size(); from += BATCH) {
      Batch batch = test.batch(IntStream.range(from, from + BATCH).toArray());
      Tensor digits = network.predict(batch.features()).argMax(-1);
      boolean[] agree = digits.equal(batch.labels()).toBooleanArray();
      correct += (int) IntStream.range(0, BATCH).filter(i -> agree[i]).count();
    }
    assertThat(correct).isBetween(ELSEWHERE - 1, ELSEWHERE + 1);
  }
}
