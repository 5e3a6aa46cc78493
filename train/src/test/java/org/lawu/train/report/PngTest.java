package org.lawu.train.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.lawu.tensor.Tensor;

/** Reads the pictures with the JDK's own reader. */
class PngTest {
  private static BufferedImage read(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  @Test
  void greyPixelsAreThoseOfTheTensor() throws Exception {
    Tensor pixels = Tensor.of(new float[] {0, 0.2f, 1, 0.4f, 2, -1}, 1, 2, 3);
    BufferedImage image = read(Png.of(pixels, 0, 1));
    assertThat(image.getWidth()).isEqualTo(3);
    assertThat(image.getHeight()).isEqualTo(2);
    int[] grey = image.getRaster().getPixels(0, 0, 3, 2, (int[]) null);
    assertThat(grey).containsExactly(0, 51, 255, 102, 255, 0);
  }

  @Test
  void colours() throws Exception {
    Tensor pixels = Tensor.of(new float[] {-1, 1, 0, 1, 1, -1}, 3, 1, 2);
    BufferedImage image = read(Png.of(pixels, -1, 1));
    assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(0x0080ff);
    assertThat(image.getRGB(1, 0) & 0xffffff).isEqualTo(0xffff00);
  }

  @Test
  void onePlainColourIsBlack() throws Exception {
    assertThat(read(Png.of(Tensor.ones(1, 1, 1), 1, 1)).getRGB(0, 0) & 0xffffff).isZero();
  }
}
