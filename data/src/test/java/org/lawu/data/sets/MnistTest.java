package org.lawu.data.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lawu.data.IdxFile.gzip;
import static org.lawu.data.IdxFile.sizes;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.data.Batch;
import org.lawu.data.DataLoader;
import org.lawu.data.IdxFile;
import org.lawu.data.Split;
import org.lawu.error.FormatException;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

class MnistTest {
  private static final int PIXELS = 28 * 28;

  @TempDir Path folder;

  /** Packed training files and plain test files, as either may be there. */
  @BeforeEach
  void write() throws IOException {
    write("train-images-idx3-ubyte.gz", gzip(images(5)));
    write("train-labels-idx1-ubyte.gz", gzip(labels(0, 1, 2, 3, 9)));
    write("t10k-images-idx3-ubyte", images(2));
    write("t10k-labels-idx1-ubyte", labels(7, 8));
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }

  /** The pixels of image {@code i} are all {@code 51 i}. */
  private static byte[] images(int count) {
    byte[] pixels = new byte[count * PIXELS];
    IntStream.range(0, pixels.length).forEach(i -> pixels[i] = (byte) (i / PIXELS * 51));
    return IdxFile.of(0x08, sizes(count, 28, 28), pixels);
  }

  private static byte[] labels(int... labels) {
    byte[] elements = new byte[labels.length];
    IntStream.range(0, labels.length).forEach(i -> elements[i] = (byte) labels[i]);
    return IdxFile.of(0x08, sizes(labels.length), elements);
  }

  @Test
  void readsTrainingAndTestRecords() throws IOException {
    Mnist mnist = Mnist.read(folder);
    Batch batch = mnist.train().batch(new int[] {4, 0, 1});

    assertThat(mnist.train().size()).isEqualTo(5);
    assertThat(mnist.test().size()).isEqualTo(2);
    assertThat(batch.features().shape().toArray()).containsExactly(3, 1, 28, 28);
    assertThat(batch.features().dtype()).isEqualTo(DType.FLOAT32);
    assertThat(batch.features().flatten(1).mean(1).allClose(Tensor.of(0.8f, 0, 0.2f), 1e-6, 0))
        .isTrue();
    assertThat(batch.labels()).isEqualTo(Tensor.of(9, 0, 1));
    assertThat(mnist.test().labels()).isEqualTo(Tensor.of(7, 8));
    assertThat(mnist.test()).hasToString("Dataset of 2 images [28, 28]");
  }

  @Test
  void canBeSplitAndLoaded() throws IOException {
    Split split = Split.random(Mnist.read(folder).train(), 0.2, 0, new Philox(1));
    int records = 0;
    for (Batch batch : new DataLoader(split.train(), 3).shuffle(new Philox(1))) {
      records += batch.size();
    }

    assertThat(records).isEqualTo(4);
  }

  @Test
  void saysWhichFilesAreMissingAndWhereToGetThem() throws IOException {
    Files.delete(folder.resolve("train-labels-idx1-ubyte.gz"));
    Files.delete(folder.resolve("t10k-images-idx3-ubyte"));

    assertThatThrownBy(() -> Mnist.read(folder))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage(
            "MNIST needs train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz in the folder "
                + folder
                + "; download from https://ossci-datasets.s3.amazonaws.com/mnist/");
  }

  @Test
  void refusesOtherImages() throws IOException {
    write("t10k-images-idx3-ubyte", IdxFile.of(0x08, sizes(2, 8, 8), new byte[128]));

    assertFault("t10k-images-idx3-ubyte: MNIST images must be [n, 28, 28], got [2, 8, 8]");
  }

  @Test
  void refusesOtherLabels() throws IOException {
    String fault =
        "t10k-labels-idx1-ubyte: there must be one whole number for each of 2 images, got Idx ";
    write("t10k-labels-idx1-ubyte", labels(1, 2, 3));
    assertFault(fault + "[3] of unsigned byte");
    write("t10k-labels-idx1-ubyte", IdxFile.of(0x0D, sizes(2), new byte[8]));
    assertFault(fault + "[2] of float");
    write("t10k-labels-idx1-ubyte", labels(1, 10));
    assertFault("t10k-labels-idx1-ubyte: label 10 at position 1 is not one of the classes 0 to 9");
  }

  private void assertFault(String message) {
    int nameEnd = message.indexOf(':');
    assertThatThrownBy(() -> Mnist.read(folder))
        .isInstanceOf(FormatException.class)
        .hasMessage(folder.resolve(message.substring(0, nameEnd)) + message.substring(nameEnd));
  }
}
