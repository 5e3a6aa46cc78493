package org.lawu.data.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import org.lawu.tensor.Tensor;

/** The pixels of pictures as numbers. */
final class Pixels {
  private static final int COLOURS = 3;
  private static final int BYTE = 0xFF;

  private Pixels() {}

  /** A picture as FLOAT32 {@code [1, height, width]} if it is grey, else {@code [3, ...]}. */
  static Tensor of(BufferedImage image) {
    return isGrey(image.getColorModel()) ? grey(image) : colours(image);
  }

  private static boolean isGrey(ColorModel model) {
    return !(model instanceof IndexColorModel)
        && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }

  /**
   * The samples as they are in the file. Not {@code getRGB}, which takes grey for linear light and
   * makes it brighter.
   */
  private static Tensor grey(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    float white = (1 << image.getColorModel().getComponentSize(0)) - 1;
    int[] samples = image.getRaster().getSamples(0, 0, width, height, 0, (int[]) null);
    float[] pixels = new float[samples.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = samples[i] / white;
    }
    return Tensor.of(pixels, 1, height, width);
  }

  private static Tensor colours(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    int[] colours = image.getRGB(0, 0, width, height, null, 0, width);
    float[] pixels = new float[COLOURS * colours.length];
    for (int i = 0; i < colours.length; i++) {
      pixels[i] = (colours[i] >> 16 & BYTE) / (float) BYTE;
      pixels[colours.length + i] = (colours[i] >> 8 & BYTE) / (float) BYTE;
      pixels[2 * colours.length + i] = (colours[i] & BYTE) / (float) BYTE;
    }
    return Tensor.of(pixels, COLOURS, height, width);
  }
}
