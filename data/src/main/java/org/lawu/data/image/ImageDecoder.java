package org.lawu.data.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.lawu.error.FormatException;

/**
 * Reads a picture file. Apart from {@link ImageFiles}, since the virtual machine cannot even load
 * this class where the module {@code java.desktop} is not there.
 */
final class ImageDecoder {
  private ImageDecoder() {}

  static BufferedImage read(Path file) {
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
