package org.lawu.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.FormatException;
import org.lawu.tensor.Tensor;

class ImageFilesTest {
  @TempDir Path folder;

  private Path write(BufferedImage image, String format) throws IOException {
    Path file = folder.resolve("picture." + format);
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    return file;
  }

  private static BufferedImage noise(int type) {
    var image = new BufferedImage(40, 30, type);
    var random = new Random(1);
    for (int y = 0; y < 30; y++) {
      for (int x = 0; x < 40; x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    return image;
  }

  private static byte[] bytes(String format) throws IOException {
    var out = new ByteArrayOutputStream();
    ImageIO.write(noise(BufferedImage.TYPE_INT_RGB), format, out);
    return out.toByteArray();
  }

  @Test
  void readsColours() throws IOException {
    var image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xFF0000);
    image.setRGB(1, 0, 0x00FF00);
    image.setRGB(2, 0, 0x0000FF);
    image.setRGB(2, 1, 0x336699);
    for (String format : new String[] {"png", "bmp"}) {
      Tensor pixels = Pixels.of(ImageFiles.read(write(image, format)));

      assertThat(pixels.shape().toArray()).containsExactly(3, 2, 3);
      assertThat(pixels.toFloatArray())
          .containsExactly(
              1, 0, 0, 0, 0, 0x33 / 255f, 0, 1, 0, 0, 0, 0x66 / 255f, 0, 0, 1, 0, 0, 0x99 / 255f);
    }
  }

  @Test
  void readsAJpeg() throws IOException {
    var image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 48; i++) {
      image.setRGB(i % 64, i / 64, i % 64 < 32 ? 0xE01010 : 0x1010E0);
    }
    Tensor pixels = Pixels.of(ImageFiles.read(write(image, "jpg")));

    assertThat(pixels.get(0, 20, 10)).isCloseTo(0xE0 / 255.0, offset(0.03));
    assertThat(pixels.get(2, 20, 10)).isCloseTo(0x10 / 255.0, offset(0.03));
    assertThat(pixels.get(2, 20, 50)).isCloseTo(0xE0 / 255.0, offset(0.03));
  }

  /** {@code getRGB} would make 100 of 255 to 168. */
  @Test
  void greyIsWhatTheFileSays() throws IOException {
    for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY}) {
      var image = new BufferedImage(3, 1, type);
      int white = type == BufferedImage.TYPE_BYTE_GRAY ? 255 : 65535;
      image.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {0, 100, white});
      Tensor pixels = Pixels.of(ImageFiles.read(write(image, "png")));

      assertThat(pixels).isEqualTo(Tensor.of(new float[] {0, 100f / white, 1}, 1, 1, 3));
    }
    var jpeg = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    jpeg.getRaster().setSamples(0, 0, 16, 16, 0, new int[256]);
    assertThat(Pixels.of(ImageFiles.read(write(jpeg, "jpg"))).shape().toArray())
        .containsExactly(1, 16, 16);
  }

  @Test
  void readsPalettesAndIgnoresTransparency() throws IOException {
    byte[] reds = {0, (byte) 255};
    var model = new IndexColorModel(1, 2, reds, new byte[2], new byte[2]);
    var image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY, model);
    image.getRaster().setSample(1, 0, 0, 1);
    assertThat(Pixels.of(ImageFiles.read(write(image, "gif"))).toFloatArray())
        .containsExactly(0, 1, 0, 0, 0, 0);

    var transparent = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    transparent.setRGB(0, 0, 0x01FF0033);
    assertThat(Pixels.of(ImageFiles.read(write(transparent, "png"))).toFloatArray())
        .containsExactly(1, 0, 0.2f);
  }

  @Test
  void refusesWhatIsNoPicture() throws IOException {
    Path file = Files.writeString(folder.resolve("text.png"), "not a picture");
    assertThatThrownBy(() -> ImageFiles.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ": is no picture in a known format (PNG, JPEG, GIF or BMP)");
    assertThatThrownBy(() -> ImageFiles.read(folder.resolve("no.png")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("no.png");
    Files.delete(file);
    Files.createFile(file);
    assertThatThrownBy(() -> ImageFiles.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(file.toString());
  }

  @Test
  void refusesAFileThatEndsEarly() throws IOException {
    for (String format : new String[] {"png", "jpg", "gif", "bmp"}) {
      byte[] whole = bytes(format);
      for (int length : new int[] {whole.length / 2, 100, 30, 9}) {
        Path file = Files.write(folder.resolve("cut." + format), Arrays.copyOf(whole, length));
        assertThatThrownBy(() -> ImageFiles.read(file))
            .as("%s of %d bytes", format, length)
            .isInstanceOf(FormatException.class)
            .hasMessageStartingWith(file + ": ");
      }
    }
    Path file = folder.resolve("cut.jpg");
    Files.write(file, Arrays.copyOf(bytes("jpg"), bytes("jpg").length - 20));
    assertThatThrownBy(() -> ImageFiles.read(file))
        .hasMessage(file + ": the picture ends early; get the file again");
  }

  /** Bytes changed at random give a picture or a fault that names the file, and nothing else. */
  @Test
  void whateverTheBytesItIsAPictureOrAFault() throws IOException {
    var random = new Random(1);
    Path file = folder.resolve("damaged");
    for (String format : new String[] {"png", "jpg", "gif", "bmp"}) {
      byte[] whole = bytes(format);
      for (int i = 0; i < 300; i++) {
        byte[] damaged = whole.clone();
        for (int change = 0; change < 3; change++) {
          damaged[random.nextInt(random.nextBoolean() ? 64 : damaged.length)] =
              (byte) random.nextInt();
        }
        Files.write(file, damaged);
        try {
          assertThat(ImageFiles.read(file).getWidth()).isPositive();
        } catch (FormatException fault) {
          assertThat(fault.getMessage().startsWith(file + ": ")).isTrue();
        }
      }
    }
  }

  @Test
  void knowsPicturesByTheirNames() {
    assertThat(
            Arrays.stream(new String[] {"a.png", "b.JPG", "c.jpeg", "d.gif", "e.x.bmp"})
                .map(Path::of))
        .allMatch(ImageFiles::isImage);
    assertThat(Arrays.stream(new String[] {"a.txt", ".b.png", "png", "c.png.zip"}).map(Path::of))
        .noneMatch(ImageFiles::isImage);
  }
}
