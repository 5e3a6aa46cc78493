package org.lawu.data.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.lawu.error.FormatException;

/**
 * Reads picture files: PNG, JPEG, GIF (the first picture) and BMP, through {@code javax.imageio}.
 */
public final class ImageFiles {
  private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "bmp");

  private ImageFiles() {}

  /** Whether a file's name is that of a picture; hidden files are none. */
  static boolean isImage(Path file) {
    String name = file.getFileName().toString();
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return !name.startsWith(".") && ENDINGS.contains(ending);
  }

  /**
   * Reads a file as it is: what a camera notes about how it was held (Exif) turns nothing.
   *
   * @throws FormatException if it is no picture, damaged, or ends early; the message names it
   * @throws IOException if there is no such file or it cannot be read
   * @throws org.lawu.error.LawuException if the module {@code java.desktop} is not there
   */
  public static BufferedImage read(Path file) throws IOException {
    Desktop.require();
    if (!Files.isReadable(file)) {
      // What this throws tells what is wrong.
      Files.newByteChannel(file).close();
    }
    List<String> warnings = new ArrayList<>();
    BufferedImage image;
    try (var in = new FileImageInputStream(file.toFile())) {
      image = read(file, in, warnings);
    } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException fault) {
      // Readers throw the latter two at bytes that make no sense.
      throw new FormatException(
          "%s: cannot be read as a picture (%s)".formatted(file, fault.getMessage()), fault);
    }
    // Where a JPEG file ends early, the reader fills up with grey and warns.
    if (warnings.stream().anyMatch(warning -> warning.startsWith("Truncated"))) {
      throw new FormatException("%s: the picture ends early; get the file again".formatted(file));
    }
    return image;
  }

  private static BufferedImage read(Path file, ImageInputStream in, List<String> warnings)
      throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    if (!readers.hasNext()) {
      throw new FormatException(
          "%s: is no picture in a known format (PNG, JPEG, GIF or BMP)".formatted(file));
    }
    ImageReader reader = readers.next();
    try {
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      reader.setInput(in, true, true);
      return reader.read(0);
    } finally {
      reader.dispose();
    }
  }
}
