package org.lawu.data.sets;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lawu.data.Dataset;
import org.lawu.data.Idx;
import org.lawu.error.FormatException;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * The four IDX files of MNIST and of what is made like it.
 *
 * @param title the name of the data set in messages
 * @param from the address of the folder where they can be had
 */
record IdxFiles(String title, String from) {
  static final String TRAIN = "train";
  static final String TEST = "t10k";

  private static final int CLASSES = 10;
  private static final Shape IMAGE = Shape.of(28, 28);

  static String images(String part) {
    return part + "-images-idx3-ubyte";
  }

  static String labels(String part) {
    return part + "-labels-idx1-ubyte";
  }

  /** One of the files, packed, as it is where the others can be had. */
  KnownFile file(String name, String sha256) {
    return new KnownFile(name + ".gz", from + name + ".gz", sha256);
  }

  /** Checks that all are there, so that a message names all that are not. */
  void require(Path folder) throws IOException {
    List<String> missing = new ArrayList<>();
    for (String part : List.of(TRAIN, TEST)) {
      for (String name : List.of(images(part), labels(part))) {
        if (!Files.exists(find(folder, name))) {
          missing.add(name + ".gz");
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new FileNotFoundException(
          "%s needs %s in the folder %s; download from %s"
              .formatted(title, String.join(", ", missing), folder, from));
    }
  }

  /** The plain file where it exists, and otherwise the packed one. */
  private static Path find(Path folder, String name) {
    Path plain = folder.resolve(name);
    return Files.exists(plain) ? plain : folder.resolve(name + ".gz");
  }

  Dataset read(Path folder, String part) throws IOException {
    Path imagesFile = find(folder, images(part));
    Idx images = Idx.read(imagesFile);
    Shape shape = images.shape();
    if (shape.rank() != 3 || !shape.slice(1, 3).equals(IMAGE)) {
      throw new FormatException(
          "%s: %s images must be [n, 28, 28], got %s".formatted(imagesFile, title, shape));
    }
    Path labelsFile = find(folder, labels(part));
    Idx labels = Idx.read(labelsFile);
    if (!labels.shape().equals(Shape.of(images.size())) || !labels.isInteger()) {
      throw new FormatException(
          "%s: there must be one whole number for each of %d images, got %s"
              .formatted(labelsFile, images.size(), labels));
    }
    return new ImageDataset(images, classes(labelsFile, labels));
  }

  private static Tensor classes(Path file, Idx labels) {
    Tensor classes = labels.toTensor();
    int[] values = classes.toIntArray();
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0 || values[i] >= CLASSES) {
        throw new FormatException(
            "%s: label %d at position %d is not one of the classes 0 to 9"
                .formatted(file, values[i], i));
      }
    }
    return classes;
  }
}
