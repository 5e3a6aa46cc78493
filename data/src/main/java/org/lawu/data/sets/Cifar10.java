package org.lawu.data.sets;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lawu.data.Dataset;
import org.lawu.error.FormatException;
import org.lawu.tensor.Tensor;

/**
 * CIFAR-10: small colour photographs of ten kinds of things, 50,000 for training and 10,000 for
 * testing. Source: <a href="https://www.cs.toronto.edu/~kriz/cifar.html">Krizhevsky, "Learning
 * Multiple Layers of Features from Tiny Images"</a> (2009).
 *
 * <p>Features are FLOAT32 {@code [n, 3, 32, 32]}, red, green and blue from 0 to 1; labels are INT32
 * {@code [n]}, numbers of {@link #CLASS_NAMES}. In memory the pixels stay bytes, 184 MB in all.
 *
 * @param train the training records, in the order of the five files
 * @param test the test records
 */
public record Cifar10(Dataset train, Dataset test) {

  /** What each label means. */
  public static final List<String> CLASS_NAMES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private static final List<String> TRAIN =
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin");
  private static final String TEST = "test_batch.bin";

  /** The folder within the archive, which unpacking makes. */
  private static final String INNER = "cifar-10-batches-bin";

  private static final KnownFile ARCHIVE =
      new KnownFile(
          "cifar-10-binary.tar.gz",
          "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
          "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd");

  private static final KnownSet SET = new KnownSet("cifar-10", "CIFAR-10", ARCHIVE);

  /**
   * Reads it from the cache (see {@link KnownSet}), into which it is downloaded the first time, 170
   * MB.
   *
   * @throws FileNotFoundException if it is neither there nor to be had; the message says what to
   *     put where
   * @throws FormatException if the archive's SHA-256 is not that of CIFAR-10's
   * @throws IOException if it cannot be read or written
   */
  public static Cifar10 read() throws IOException {
    return read(SET.folder());
  }

  /**
   * Reads the binary version from a folder: the files {@code data_batch_1.bin} to {@code
   * data_batch_5.bin} and {@code test_batch.bin} in it or in its folder {@code
   * cifar-10-batches-bin}, or else in its archive {@code cifar-10-binary.tar.gz}.
   *
   * @throws FileNotFoundException if some are missing; the message says where to get them
   * @throws FormatException if one is damaged; the message names it and the record
   * @throws IOException if one cannot be read
   */
  public static Cifar10 read(Path folder) throws IOException {
    for (Path place : List.of(folder, folder.resolve(INNER))) {
      if (Files.exists(place.resolve(TEST))) {
        return files(place);
      }
    }
    Path archive = folder.resolve(ARCHIVE.name());
    if (Files.exists(archive)) {
      return of(archive, Tar.read(archive, names()::contains));
    }
    throw new FileNotFoundException(
        "CIFAR-10 needs %s, or the files %s to %s and %s, in the folder %s; download from %s"
            .formatted(
                ARCHIVE.name(),
                TRAIN.getFirst(),
                TRAIN.getLast(),
                TEST,
                folder,
                ARCHIVE.address()));
  }

  private static Cifar10 files(Path folder) throws IOException {
    Map<String, byte[]> contents = new HashMap<>();
    for (String name : names()) {
      Path file = folder.resolve(name);
      if (!Files.exists(file)) {
        throw new FileNotFoundException(
            "CIFAR-10 needs %s too in the folder %s; download from %s"
                .formatted(name, folder, ARCHIVE.address()));
      }
      contents.put(name, Files.readAllBytes(file));
    }
    return of(folder, contents);
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>(TRAIN);
    names.add(TEST);
    return names;
  }

  private static Cifar10 of(Path place, Map<String, byte[]> contents) {
    return new Cifar10(dataset(place, TRAIN, contents), dataset(place, List.of(TEST), contents));
  }

  private static Dataset dataset(Path place, List<String> names, Map<String, byte[]> contents) {
    var records = new ByteArrayOutputStream();
    for (String name : names) {
      byte[] content = contents.get(name);
      if (content == null) {
        throw new FormatException("%s: %s is not in it".formatted(place, name));
      }
      check(place.resolve(name), content);
      records.writeBytes(content);
    }
    byte[] all = records.toByteArray();
    int[] labels = new int[all.length / CifarImages.RECORD];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = all[i * CifarImages.RECORD];
    }
    return new CifarImages(all, Tensor.of(labels));
  }

  private static void check(Path file, byte[] content) {
    if (content.length == 0 || content.length % CifarImages.RECORD != 0) {
      throw new FormatException(
          "%s: its %d bytes are no whole number of records of %d bytes; fetch the file again"
              .formatted(file, content.length, CifarImages.RECORD));
    }
    for (int i = 0; i < content.length; i += CifarImages.RECORD) {
      int label = content[i] & 0xFF;
      if (label >= CLASS_NAMES.size()) {
        throw new FormatException(
            "%s: label %d of record %d is not one of the classes 0 to 9"
                .formatted(file, label, i / CifarImages.RECORD));
      }
    }
  }
}
