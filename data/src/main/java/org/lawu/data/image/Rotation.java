package org.lawu.data.image;

import org.lawu.tensor.Tensor;

/** Turning pictures about their middle. */
final class Rotation {
  private Rotation() {}

  /**
   * Each new pixel is looked up where it was before: its middle, turned back, lies between the
   * middles of four old pixels, which count by their nearness; those beyond the edge are 0.
   */
  static Tensor rotate(Tensor images, double degrees) {
    int height = ImageChecks.height(images);
    int width = ImageChecks.width(images);
    double cosine = cosine(degrees);
    double sine = cosine(degrees - 90);
    double middleRow = (height - 1) / 2.0;
    double middleColumn = (width - 1) / 2.0;

    float[] old = images.toFloatArray();
    float[] out = new float[old.length];
    int pixels = height * width;
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        double y = row - middleRow;
        double x = column - middleColumn;
        double sourceRow = middleRow + cosine * y + sine * x;
        double sourceColumn = middleColumn - sine * y + cosine * x;
        int top = (int) Math.floor(sourceRow);
        int left = (int) Math.floor(sourceColumn);
        float down = (float) (sourceRow - top);
        float right = (float) (sourceColumn - left);
        for (int from = 0; from < old.length; from += pixels) {
          float above =
              (1 - right) * pixel(old, from, height, width, top, left)
                  + right * pixel(old, from, height, width, top, left + 1);
          float below =
              (1 - right) * pixel(old, from, height, width, top + 1, left)
                  + right * pixel(old, from, height, width, top + 1, left + 1);
          out[from + row * width + column] = (1 - down) * above + down * below;
        }
      }
    }
    return Tensor.of(out, images.shape().toArray());
  }

  private static float pixel(float[] all, int from, int height, int width, int row, int column) {
    boolean inside = row >= 0 && row < height && column >= 0 && column < width;
    return inside ? all[from + row * width + column] : 0;
  }

  /** Exact at quarter turns, so that these move pixels and blur nothing. */
  private static double cosine(double degrees) {
    double angle = Math.abs(degrees % 360);
    if (angle == 90 || angle == 270) {
      return 0;
    }
    return Math.cos(Math.toRadians(angle));
  }
}
