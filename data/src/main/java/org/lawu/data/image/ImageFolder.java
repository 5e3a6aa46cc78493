package org.lawu.data.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.lawu.data.Batch;
import org.lawu.data.Dataset;
import org.lawu.data.Preprocessing;
import org.lawu.error.FormatException;
import org.lawu.error.IndexException;
import org.lawu.error.LawuException;
import org.lawu.tensor.Tensor;

/**
 * Picture files in a folder for each class, whose name is the class's:
 *
 * <pre>
 * flowers/daisy/1.png
 * flowers/daisy/2.jpg
 * flowers/rose/a.png
 * </pre>
 *
 * <pre>{@code
 * ImageFolder flowers = ImageFolder.open(Path.of("flowers"), ImagePreprocessing.rgb(64, 64));
 * Split split = Split.stratified(flowers, 0.1, 0.1, new Philox(1));
 * }</pre>
 *
 * <p>Features are what the preprocessing makes, FLOAT32 {@code [n, channels, height, width]};
 * labels INT32 {@code [n]}, numbers of {@link #classNames()}. Classes come in the order of their
 * names, and so do the files of each, including those in folders within; upper case before lower,
 * on any machine. Files that are no PNG, JPEG, GIF or BMP by their names, and hidden ones, are left
 * out.
 *
 * <p>A file is read each time its record is asked for, so the pictures may need more memory than
 * there is. A damaged file raises a {@link FormatException} then, and one that went away a {@link
 * LawuException}; both name it.
 */
public final class ImageFolder implements Dataset {
  private final Path folder;
  private final Preprocessing<List<BufferedImage>> preprocessing;
  private final List<String> classNames;
  private final List<Path> files;
  private final Tensor labels;

  private ImageFolder(
      Path folder,
      Preprocessing<List<BufferedImage>> preprocessing,
      List<String> classNames,
      List<Path> files,
      int[] labels) {
    this.folder = folder;
    this.preprocessing = preprocessing;
    this.classNames = List.copyOf(classNames);
    this.files = List.copyOf(files);
    this.labels = Tensor.of(labels);
  }

  /**
   * Lists the files, and reads none yet.
   *
   * @param preprocessing what makes features of pictures, such as {@link ImagePreprocessing}
   * @throws FormatException if there are no folders in it, or one holds no picture
   * @throws IOException if a folder cannot be listed
   * @throws LawuException if the module {@code java.desktop} is not there
   */
  public static ImageFolder open(Path folder, Preprocessing<List<BufferedImage>> preprocessing)
      throws IOException {
    Desktop.require();
    List<String> classNames = classNames(folder);
    if (classNames.isEmpty()) {
      throw new FormatException(
          "%s: there are no folders in it; there must be one for each class, with its pictures"
              .formatted(folder));
    }
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int label = 0; label < classNames.size(); label++) {
      Path place = folder.resolve(classNames.get(label));
      List<Path> found = pictures(place);
      if (found.isEmpty()) {
        throw new FormatException(
            "%s: there is no PNG, JPEG, GIF or BMP file in the folder of this class"
                .formatted(place));
      }
      for (Path file : found) {
        files.add(file);
        labels.add(label);
      }
    }
    int[] all = labels.stream().mapToInt(Integer::intValue).toArray();
    return new ImageFolder(folder, preprocessing, classNames, files, all);
  }

  private static List<String> classNames(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isDirectory)
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  private static List<Path> pictures(Path place) throws IOException {
    try (Stream<Path> entries = Files.walk(place, FileVisitOption.FOLLOW_LINKS)) {
      return entries
          .filter(ImageFiles::isImage)
          .filter(Files::isRegularFile)
          // As text, since paths of Windows compare without regard to case.
          .sorted(
              Comparator.comparing(file -> place.relativize(file).toString().replace('\\', '/')))
          .toList();
    }
  }

  /** The names of the classes: label {@code i} is the {@code i}-th. */
  public List<String> classNames() {
    return classNames;
  }

  /**
   * The file of a record.
   *
   * @throws IndexException if there is no such record
   */
  public Path file(int record) {
    if (record < 0 || record >= files.size()) {
      throw new IndexException(
          "image folder: there is no record %d; the data set has %d, counted from 0"
              .formatted(record, files.size()));
    }
    return files.get(record);
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public Batch batch(int[] records) {
    List<Path> wanted = new ArrayList<>();
    for (int record : records) {
      wanted.add(file(record));
    }
    return new Batch(features(wanted), labels.indexSelect(0, Tensor.of(records)));
  }

  /** One picture after another, as they may be large before they are made features. */
  private Tensor features(List<Path> wanted) {
    if (wanted.isEmpty()) {
      return preprocessing.apply(List.of());
    }
    List<Tensor> features = new ArrayList<>();
    for (Path file : wanted) {
      try {
        features.add(preprocessing.apply(List.of(ImageFiles.read(file))));
      } catch (IOException fault) {
        throw new LawuException("%s: cannot be read: %s".formatted(file, fault), fault);
      }
    }
    return Tensor.concat(0, features);
  }

  @Override
  public Tensor labels() {
    return labels;
  }

  @Override
  public String toString() {
    return "%s with %d pictures of %d classes".formatted(folder, files.size(), classNames.size());
  }
}
