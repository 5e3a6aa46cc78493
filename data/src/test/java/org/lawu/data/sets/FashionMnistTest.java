package org.lawu.data.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.data.IdxFile;
import org.lawu.error.FormatException;
import org.lawu.tensor.Tensor;

class FashionMnistTest {
  @TempDir Path folder;

  private void write(String part, int... labels) throws Exception {
    byte[] pixels = new byte[labels.length * 28 * 28];
    byte[] classes = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      pixels[i * 28 * 28] = (byte) 255;
      classes[i] = (byte) labels[i];
    }
    int[] sizes = {labels.length, 28, 28};
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), IdxFile.of(8, sizes, pixels));
    Files.write(
        folder.resolve(part + "-labels-idx1-ubyte"),
        IdxFile.of(8, new int[] {labels.length}, classes));
  }

  @Test
  void readsTheFilesOfAFolder() throws Exception {
    write("train", 9, 0, 3);
    write("t10k", 1);
    FashionMnist fashion = FashionMnist.read(folder);

    assertThat(fashion.train().labels()).isEqualTo(Tensor.of(9, 0, 3));
    assertThat(fashion.test().features().shape().toArray()).containsExactly(1, 1, 28, 28);
    assertThat(fashion.test().features().sum().item()).isEqualTo(1);
    assertThat(FashionMnist.CLASS_NAMES.get(9)).isEqualTo("Ankle boot");
    assertThat(FashionMnist.CLASS_NAMES).hasSize(10);
  }

  @Test
  void namesItselfInFaults() throws Exception {
    assertThatThrownBy(() -> FashionMnist.read(folder))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageStartingWith("Fashion-MNIST needs train-images-idx3-ubyte.gz, ")
        .hasMessageEndingWith(
            folder + "; download from http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/");
    write("train", 10);
    write("t10k", 1);
    assertThatThrownBy(() -> FashionMnist.read(folder))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            folder.resolve("train-labels-idx1-ubyte")
                + ": label 10 at position 0 is not one of the classes 0 to 9");
  }
}
