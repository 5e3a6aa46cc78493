package org.lawu.benchmarks.pytorch;

import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Workload.MnistEpoch;

/** Epochs of training on MNIST, read from the folder of the examples. */
final class MnistEpochs implements Step {
  private static final int RECORDS = 60_000;
  private static final int PIXELS = 784;

  private final MlpSteps.Model model = new MlpSteps.Model();
  private final Adam optimizer = new Adam(model.parameters().all(), new AdamOptions(1e-3));
  private final Tensor images;
  private final Tensor labels;
  private final int batch;

  private MnistEpochs(Tensor images, Tensor labels, int batch) {
    this.images = images;
    this.labels = labels;
    this.batch = batch;
  }

  static Step of(MnistEpoch w, Path root) throws IOException {
    Path folder = root.resolve("examples/data/mnist");
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
    return new MnistEpochs(
        Tensors.of(scaled, RECORDS, PIXELS), Tensor.create(classes, RECORDS).clone(), w.batch());
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
    try (var _ = new PointerScope()) {
      Tensor order = torch.randperm(RECORDS);
      for (int from = 0; from < RECORDS; from += batch) {
        try (var _ = new PointerScope()) {
          int count = Math.min(batch, RECORDS - from);
          Tensor chosen = order.narrow(0, from, count);
          optimizer.zero_grad();
          Tensor loss = model.loss(images.index_select(0, chosen), labels.index_select(0, chosen));
          loss.backward();
          optimizer.step();
          total += loss.item_float() * count;
        }
      }
    }
    return total / RECORDS;
  }
}
