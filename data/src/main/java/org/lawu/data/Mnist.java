package org.lawu.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lawu.error.FormatException;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * The MNIST handwritten digits of LeCun, Cortes and Burges (60,000 for training, 10,000 for
 * testing), or a data set in the same files, such as Fashion-MNIST.
 *
 * <p>Features are FLOAT32 {@code [n, 1, 28, 28]}, one channel as convolutions want it, with pixels
 * from 0 (paper) to 1 (ink); a {@code Flatten} layer makes them {@code [n, 784]}. Labels are INT32
 * {@code [n]}, the digits. In memory the pixels stay bytes, 55 MB in all.
 *
 * @param train the training records
 * @param test the test records
 */
public record Mnist(Dataset train, Dataset test) {
  private static final int CLASSES = 10;
  private static final Shape IMAGE = Shape.of(28, 28);

  /**
   * Reads the four files {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code
   * t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte} of a folder, with or without {@code
   * .gz}.
   *
   * @throws FileNotFoundException if some are missing; the message names them and says where to get
   *     them
   * @throws FormatException if one is damaged, images are not 28 x 28, a label is not a digit, or
   *     there are not as many labels as images
   * @throws IOException if one cannot be read
   */
  public static Mnist read(Path folder) throws IOException {
    requireFiles(folder);
    return new Mnist(read(folder, "train"), read(folder, "t10k"));
  }

  private static String imagesName(String part) {
    return part + "-images-idx3-ubyte";
  }

  private static String labelsName(String part) {
    return part + "-labels-idx1-ubyte";
  }

  private static void requireFiles(Path folder) throws IOException {
    List<String> missing = new ArrayList<>();
    for (String part : List.of("train", "t10k")) {
      for (String name : List.of(imagesName(part), labelsName(part))) {
        if (!Files.exists(find(folder, name))) {
          missing.add(name + ".gz");
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new FileNotFoundException(
          "MNIST needs %s in the folder %s; download from %s"
              .formatted(
                  String.join(", ", missing),
                  folder,
                  "https://ossci-datasets.s3.amazonaws.com/mnist/"));
    }
  }

  /** The plain file where it exists, and otherwise the packed one. */
  private static Path find(Path folder, String name) {
    Path plain = folder.resolve(name);
    return Files.exists(plain) ? plain : folder.resolve(name + ".gz");
  }

  private static Dataset read(Path folder, String part) throws IOException {
    Path imagesFile = find(folder, imagesName(part));
    Idx images = Idx.read(imagesFile);
    Shape shape = images.shape();
    if (shape.rank() != 3 || !shape.slice(1, 3).equals(IMAGE)) {
      throw new FormatException(
          "%s: MNIST images must be [n, 28, 28], got %s".formatted(imagesFile, shape));
    }
    Path labelsFile = find(folder, labelsName(part));
    Idx labels = Idx.read(labelsFile);
    if (!labels.shape().equals(Shape.of(images.size())) || !labels.isInteger()) {
      throw new FormatException(
          "%s: there must be one whole number for each of %d images, got %s"
              .formatted(labelsFile, images.size(), labels));
    }
    return new ImageDataset(images, digits(labelsFile, labels));
  }

  private static Tensor digits(Path file, Idx labels) {
    Tensor digits = labels.toTensor();
    int[] values = digits.toIntArray();
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0 || values[i] >= CLASSES) {
        throw new FormatException(
            "%s: label %d at position %d is not a digit".formatted(file, values[i], i));
      }
    }
    return digits;
  }
}
