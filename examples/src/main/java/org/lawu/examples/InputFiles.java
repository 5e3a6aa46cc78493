package org.lawu.examples;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.lawu.data.Csv;
import org.lawu.data.Table;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;

/** Reads what a command line names as input for a model. */
final class InputFiles {
  private static final List<String> IMAGES = List.of(".png", ".jpg", ".jpeg");

  private InputFiles() {}

  /** A text, the lines of a .txt file, or of standard input for {@code -}; without empty ones. */
  static List<String> texts(String given) throws IOException {
    byte[] bytes;
    if (given.equals("-")) {
      bytes = System.in.readAllBytes();
    } else if (endsWith(given, List.of(".txt"))) {
      bytes = Files.readAllBytes(existing(given));
    } else {
      return List.of(given);
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.lines().filter(line -> !line.isBlank()).toList();
    } catch (CharacterCodingException fault) {
      throw new FormatException("%s: is not text in UTF-8".formatted(given), fault);
    }
  }

  /** A CSV file with a header. */
  static Table table(String given) throws IOException {
    if (!endsWith(given, List.of(".csv"))) {
      throw new ArgumentException(
          "predict: the model takes tables; give a .csv file with a header, not %s"
              .formatted(given));
    }
    return Csv.read(existing(given));
  }

  /** An image, or those in a folder by name. */
  static List<Path> images(String given) throws IOException {
    Path path = existing(given);
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    List<Path> files;
    try (Stream<Path> entries = Files.list(path)) {
      files = entries.filter(file -> endsWith(file.toString(), IMAGES)).sorted().toList();
    }
    if (files.isEmpty()) {
      throw new ArgumentException(
          "predict: there is no image in %s; the names end with one of %s".formatted(path, IMAGES));
    }
    return files;
  }

  /** The pixels of a file. */
  static BufferedImage image(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    if (image == null) {
      throw new FormatException(
          "%s: is no image that Java can read; give a PNG or JPEG".formatted(file));
    }
    return image;
  }

  private static boolean endsWith(String name, List<String> ends) {
    return ends.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
  }

  private static Path existing(String given) {
    Path path = Path.of(given);
    if (!Files.exists(path)) {
      throw new ArgumentException("predict: there is no file %s".formatted(given));
    }
    return path;
  }
}
