package org.lawu.data.sets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.lawu.data.Dataset;

/**
 * The MNIST handwritten digits of LeCun, Cortes and Burges (60,000 for training, 10,000 for
 * testing), or a data set in the same files.
 *
 * <p>Features are FLOAT32 {@code [n, 1, 28, 28]}, one channel as convolutions want it, with pixels
 * from 0 (paper) to 1 (ink); a {@code Flatten} layer makes them {@code [n, 784]}. Labels are INT32
 * {@code [n]}, the digits. In memory the pixels stay bytes, 55 MB in all.
 *
 * @param train the training records
 * @param test the test records
 */
public record Mnist(Dataset train, Dataset test) {

  /** What each label means. */
  public static final List<String> CLASS_NAMES =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

  /** A mirror that PyTorch keeps, as the makers' own address does not answer reliably. */
  private static final String ADDRESS = "https://ossci-datasets.s3.amazonaws.com/mnist/";

  private static final IdxFiles FORM = new IdxFiles("MNIST", ADDRESS);

  private static final KnownSet SET =
      new KnownSet(
          "mnist",
          "MNIST",
          FORM.file(
              IdxFiles.images(IdxFiles.TRAIN),
              "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
          FORM.file(
              IdxFiles.labels(IdxFiles.TRAIN),
              "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
          FORM.file(
              IdxFiles.images(IdxFiles.TEST),
              "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
          FORM.file(
              IdxFiles.labels(IdxFiles.TEST),
              "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));

  /**
   * Reads it from the cache (see {@link KnownSet}), into which it is downloaded the first time, 11
   * MB.
   *
   * @throws java.io.FileNotFoundException if it is neither there nor to be had; the message says
   *     what to put where
   * @throws org.lawu.error.FormatException if a file's SHA-256 is not that of MNIST's
   * @throws IOException if a file cannot be read or written
   */
  public static Mnist read() throws IOException {
    return read(SET.folder());
  }

  /**
   * Reads the four files {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code
   * t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte} of a folder, with or without {@code
   * .gz}. They may hold other images than MNIST's.
   *
   * @throws java.io.FileNotFoundException if some are missing; the message names them and says
   *     where to get them
   * @throws org.lawu.error.FormatException if one is damaged, images are not 28 x 28, a label is
   *     not a digit, or there are not as many labels as images
   * @throws IOException if one cannot be read
   */
  public static Mnist read(Path folder) throws IOException {
    FORM.require(folder);
    return new Mnist(FORM.read(folder, IdxFiles.TRAIN), FORM.read(folder, IdxFiles.TEST));
  }
}
