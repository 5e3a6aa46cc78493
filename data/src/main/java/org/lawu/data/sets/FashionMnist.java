package org.lawu.data.sets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.lawu.data.Dataset;

/**
 * Fashion-MNIST: pictures of clothes in the form of MNIST's digits, and harder to tell apart.
 * 60,000 for training, 10,000 for testing. Source: <a href="https://arxiv.org/abs/1708.07747">Xiao,
 * Rasul and Vollgraf, "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning
 * Algorithms"</a> (2017); MIT licence.
 *
 * <p>Features are FLOAT32 {@code [n, 1, 28, 28]} with pixels from 0 (background) to 1; labels are
 * INT32 {@code [n]}, numbers of {@link #CLASS_NAMES}. In memory the pixels stay bytes, 55 MB in
 * all.
 *
 * @param train the training records
 * @param test the test records
 */
public record FashionMnist(Dataset train, Dataset test) {

  /** What each label means. */
  public static final List<String> CLASS_NAMES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  /** The address that its makers name. */
  private static final String ADDRESS =
      "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/";

  private static final IdxFiles FORM = new IdxFiles("Fashion-MNIST", ADDRESS);

  /** Where Debian's package {@code dataset-fashion-mnist} has it. */
  private static final Path DEBIAN = Path.of("/usr/share/datasets/fashion-mnist");

  private static final KnownSet SET =
      new KnownSet(
          "fashion-mnist",
          "Fashion-MNIST",
          List.of(DEBIAN),
          List.of(
              FORM.file(
                  IdxFiles.images(IdxFiles.TRAIN),
                  "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
              FORM.file(
                  IdxFiles.labels(IdxFiles.TRAIN),
                  "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
              FORM.file(
                  IdxFiles.images(IdxFiles.TEST),
                  "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
              FORM.file(
                  IdxFiles.labels(IdxFiles.TEST),
                  "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34")));

  /**
   * Reads it from where Debian's package {@code dataset-fashion-mnist} installs it, {@code
   * /usr/share/datasets/fashion-mnist}, or else from the cache (see {@link KnownSet}), into which
   * it is downloaded the first time, 31 MB.
   *
   * @throws java.io.FileNotFoundException if it is neither there nor to be had; the message says
   *     what to put where
   * @throws org.lawu.error.FormatException if a file's SHA-256 is not that of Fashion-MNIST's
   * @throws IOException if a file cannot be read or written
   */
  public static FashionMnist read() throws IOException {
    return read(SET.folder());
  }

  /**
   * Reads the four files {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code
   * t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte} of a folder, with or without {@code
   * .gz}.
   *
   * @throws java.io.FileNotFoundException if some are missing; the message names them and says
   *     where to get them
   * @throws org.lawu.error.FormatException if one is damaged, images are not 28 x 28, a label is no
   *     class, or there are not as many labels as images
   * @throws IOException if one cannot be read
   */
  public static FashionMnist read(Path folder) throws IOException {
    FORM.require(folder);
    return new FashionMnist(FORM.read(folder, IdxFiles.TRAIN), FORM.read(folder, IdxFiles.TEST));
  }
}
