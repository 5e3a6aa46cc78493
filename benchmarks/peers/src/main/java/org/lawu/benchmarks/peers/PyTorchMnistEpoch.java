package org.lawu.benchmarks.peers;

import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * PyTorch's side of the {@code mnist-epoch} benchmark: Dense(784, 128), relu, dropout 0.2, Dense(128,
 * 10), cross-entropy, Adam, on shuffled batches gathered from tensors in memory. Prints the seconds of
 * each epoch after the first, which warms up.
 *
 * <p>Arguments: the folder of MNIST, batch size, threads, epochs.
 */
public final class PyTorchMnistEpoch {
  private static final int RECORDS = 60_000;
  private static final int PIXELS = 784;

  private PyTorchMnistEpoch() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    int batchSize = Integer.parseInt(args[1]);
    torch.set_num_threads(Integer.parseInt(args[2]));
    int epochs = Integer.parseInt(args[3]);
    torch.manual_seed(1);

    byte[] pixels = read(folder.resolve("train-images-idx3-ubyte.gz"), 16, RECORDS * PIXELS);
    byte[] digits = read(folder.resolve("train-labels-idx1-ubyte.gz"), 8, RECORDS);
    float[] scaled = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      scaled[i] = (pixels[i] & 0xFF) / 255f;
    }
    long[] classes = new long[RECORDS];
    for (int i = 0; i < RECORDS; i++) {
      classes[i] = digits[i];
    }
    Tensor images = Tensor.create(scaled).reshape(RECORDS, PIXELS).clone();
    Tensor labels = Tensor.create(classes).clone();

    var hidden = new LinearImpl(PIXELS, 128);
    var output = new LinearImpl(128, 10);
    var model = new Module("mnist");
    model.register_module("hidden", hidden);
    model.register_module("output", output);
    var optimizer = new Adam(model.parameters(), new AdamOptions(1e-3));

    for (int epoch = 0; epoch <= epochs; epoch++) {
      long start = System.nanoTime();
      double loss = epoch(images, labels, hidden, output, optimizer, batchSize);
      double seconds = (System.nanoTime() - start) * 1e-9;
      if (epoch > 0) {
        System.out.printf("%.3f%n", seconds);
      } else {
        System.err.printf("pytorch: loss of the first epoch %.4f%n", loss);
      }
    }
  }

  private static double epoch(
      Tensor images,
      Tensor labels,
      LinearImpl hidden,
      LinearImpl output,
      Adam optimizer,
      int batchSize) {
    double total = 0;
    try (var _ = new PointerScope()) {
      Tensor order = torch.randperm(RECORDS);
      for (int from = 0; from < RECORDS; from += batchSize) {
        try (var _ = new PointerScope()) {
          int count = Math.min(batchSize, RECORDS - from);
          Tensor chosen = order.narrow(0, from, count);
          Tensor x = images.index_select(0, chosen);
          Tensor y = labels.index_select(0, chosen);
          Tensor activation = torch.dropout(torch.relu(hidden.forward(x)), 0.2, true);
          Tensor loss = torch.cross_entropy_loss(output.forward(activation), y);
          optimizer.zero_grad();
          loss.backward();
          optimizer.step();
          total += loss.item_float() * count;
        }
      }
    }
    return total / RECORDS;
  }

  private static byte[] read(Path file, int header, int length) throws IOException {
    try (var in =
        new DataInputStream(new GZIPInputStream(new FileInputStream(file.toFile()), 1 << 16))) {
      in.skipNBytes(header);
      byte[] bytes = new byte[length];
      in.readFully(bytes);
      return bytes;
    }
  }
}
