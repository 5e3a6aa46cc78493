package org.lawu.train.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.lawu.tensor.Tensor;

/**
 * Small pictures in the format PNG, without the desktop classes of the JDK.
 *
 * @see <a href="https://www.w3.org/TR/png-3/">The specification</a>
 */
final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte BITS = 8;
  private static final byte GREY = 0;
  private static final byte RGB = 2;

  private Png() {}

  /**
   * A picture as the address of an image.
   *
   * @param pixels {@code [1 or 3, height, width]}
   * @param min the number that is black
   * @param max the number that is white
   */
  static String dataUrl(Tensor pixels, double min, double max) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(of(pixels, min, max));
  }

  static byte[] of(Tensor pixels, double min, double max) {
    int channels = pixels.size(0);
    int height = pixels.size(1);
    int width = pixels.size(2);
    double[] values = pixels.toDoubleArray();
    double scale = max > min ? 255 / (max - min) : 0;
    var rows = ByteBuffer.allocate(height * (1 + width * channels));
    for (int y = 0; y < height; y++) {
      rows.put((byte) 0); // The row is as it is, unfiltered.
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          double value = (values[(c * height + y) * width + x] - min) * scale;
          rows.put((byte) Math.round(Math.clamp(value, 0, 255)));
        }
      }
    }
    var out = new ByteArrayOutputStream();
    out.writeBytes(SIGNATURE);
    chunk(
        out,
        "IHDR",
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put(BITS)
            .put(channels == 1 ? GREY : RGB)
            .array());
    chunk(out, "IDAT", deflated(rows.array()));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static byte[] deflated(byte[] data) {
    var out = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(out)) {
      deflater.write(data);
    } catch (IOException impossible) {
      throw new UncheckedIOException("png: memory cannot be written", impossible);
    }
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    var crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(name);
    out.writeBytes(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
