package org.lawu.data.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.data.Batch;
import org.lawu.data.IdxFile;
import org.lawu.error.FormatException;
import org.lawu.error.IndexException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

class Cifar10Test {
  private static final int RECORD = 3073;

  @TempDir Path folder;

  /** A file with a record of each label, whose first red, green and blue bytes are given. */
  private static byte[] file(int... labels) {
    byte[] bytes = new byte[labels.length * RECORD];
    for (int i = 0; i < labels.length; i++) {
      int from = i * RECORD;
      bytes[from] = (byte) labels[i];
      bytes[from + 1] = (byte) 255;
      bytes[from + 1 + 31] = 51; // red, the end of the first row
      bytes[from + 1 + 1024 + 32] = (byte) 102; // green, the beginning of the second row
      bytes[from + 1 + 2048 + 1023] = (byte) (i + 1); // blue, the last
    }
    return bytes;
  }

  private static void writeAll(Path place) throws IOException {
    Files.createDirectories(place);
    for (int i = 1; i <= 5; i++) {
      Files.write(place.resolve("data_batch_" + i + ".bin"), file(i, 9));
    }
    Files.write(place.resolve("test_batch.bin"), file(3));
  }

  private static void assertRight(Cifar10 cifar) {
    assertThat(cifar.train().labels()).isEqualTo(Tensor.of(1, 9, 2, 9, 3, 9, 4, 9, 5, 9));
    assertThat(cifar.test().labels()).isEqualTo(Tensor.of(3));
    Batch batch = cifar.train().batch(new int[] {3, 0});
    assertThat(batch.labels()).isEqualTo(Tensor.of(9, 1));
    assertThat(batch.features().shape().toArray()).containsExactly(2, 3, 32, 32);
    assertThat(batch.features().get(0, 0, 0, 0)).isEqualTo(1);
    assertThat(batch.features().get(1, 0, 0, 31)).isEqualTo(0.2f);
    assertThat(batch.features().get(1, 1, 1, 0)).isEqualTo(0.4f);
    assertThat(batch.features().get(0, 2, 31, 31)).isEqualTo(2 / 255f);
    assertThat(batch.features().get(1, 2, 31, 31)).isEqualTo(1 / 255f);
    assertThat(batch.features().greater(0).to(DType.FLOAT32).sum().item()).isEqualTo(8);
  }

  @Test
  void readsTheFilesOfAFolder() throws IOException {
    writeAll(folder);
    assertRight(Cifar10.read(folder));
    assertThat(Cifar10.read(folder).train()).hasToString("Dataset of 10 images [3, 32, 32]");
    assertThat(Cifar10.CLASS_NAMES).hasSize(10).startsWith("airplane").endsWith("truck");
  }

  @Test
  void readsTheFolderThatUnpackingMakes() throws IOException {
    writeAll(folder.resolve("cifar-10-batches-bin"));
    assertRight(Cifar10.read(folder));
  }

  @Test
  void readsTheArchive() throws IOException {
    Files.write(folder.resolve("cifar-10-binary.tar.gz"), IdxFile.gzip(archive()));
    assertRight(Cifar10.read(folder));
  }

  /** As the official archive: a folder, a text and the six files, not in their order. */
  private static byte[] archive() {
    var tar = new TarFile().folder("cifar-10-batches-bin/");
    for (int i = 5; i >= 1; i--) {
      tar.file("cifar-10-batches-bin/data_batch_" + i + ".bin", file(i, 9));
    }
    byte[] text = "airplane\n".getBytes(StandardCharsets.US_ASCII);
    return tar.file("cifar-10-batches-bin/batches.meta.txt", text)
        .file("cifar-10-batches-bin/test_batch.bin", file(3))
        .bytes();
  }

  private void assertArchiveFault(byte[] bytes, String message) throws IOException {
    Path file = Files.write(folder.resolve("cifar-10-binary.tar.gz"), bytes);
    assertThatThrownBy(() -> Cifar10.read(folder))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + message);
  }

  @Test
  void refusesADamagedArchive() throws IOException {
    byte[] tar = archive();
    byte[] packed = IdxFile.gzip(tar);
    assertArchiveFault(
        Arrays.copyOf(packed, packed.length / 2),
        ": the gzip data is damaged (Unexpected end of ZLIB input stream); fetch the file again");
    assertArchiveFault(
        tar, ": the gzip data is damaged (Not in GZIP format); fetch the file again");
    assertArchiveFault(
        IdxFile.gzip(Arrays.copyOf(tar, 2 * 512 + 100)),
        ": data_batch_5.bin in it ends early; fetch the file again");
    assertArchiveFault(
        IdxFile.gzip(Arrays.copyOf(tar, 512 + 100)),
        ": the archive ends early; fetch the file again");
    assertArchiveFault(IdxFile.gzip(new byte[1024]), ": data_batch_1.bin is not in it");
    tar[512 + 3]++;
    assertArchiveFault(
        IdxFile.gzip(tar), ": the header of a file in it is damaged; fetch the file again");
    tar[512 + 150] = 'x';
    assertArchiveFault(
        IdxFile.gzip(tar),
        ": '%s' in the header of a file in it is no octal number"
            .formatted(new String(tar, 512 + 148, 6, StandardCharsets.US_ASCII)));
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    assertThatThrownBy(() -> Cifar10.read(folder))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage(
            "CIFAR-10 needs cifar-10-binary.tar.gz, or the files data_batch_1.bin to"
                + " data_batch_5.bin and test_batch.bin, in the folder "
                + folder
                + "; download from https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz");
    writeAll(folder);
    Files.delete(folder.resolve("data_batch_4.bin"));
    assertThatThrownBy(() -> Cifar10.read(folder))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage(
            "CIFAR-10 needs data_batch_4.bin too in the folder "
                + folder
                + "; download from https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz");
  }

  @Test
  void refusesDamagedFiles() throws IOException {
    writeAll(folder);
    Path file = folder.resolve("data_batch_2.bin");
    Files.write(file, new byte[RECORD + 1]);
    assertThatThrownBy(() -> Cifar10.read(folder))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            file
                + ": its 3074 bytes are no whole number of records of 3073 bytes; fetch the file"
                + " again");
    Files.write(file, file(1, 200));
    assertThatThrownBy(() -> Cifar10.read(folder))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ": label 200 of record 1 is not one of the classes 0 to 9");
  }

  @Test
  void refusesRecordsThatAreNotThere() throws IOException {
    writeAll(folder);
    assertThatThrownBy(() -> Cifar10.read(folder).test().batch(new int[] {1}))
        .isInstanceOf(IndexException.class)
        .hasMessage("batch: there is no record 1; the data set has 1, counted from 0");
  }
}
