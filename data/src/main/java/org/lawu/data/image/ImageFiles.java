package org.lawu.data.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
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
    int dot = name.lastIndexOf('.');
    return dot > 0
        && name.charAt(0) != '.'
        && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
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
    return ImageDecoder.read(file);
  }
}
