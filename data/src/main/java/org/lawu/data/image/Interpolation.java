package org.lawu.data.image;

import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * How pixels of a new size are made of old ones. Both are done along one axis after the other:
 * along an axis of {@code from} pixels that gets {@code to}, a new pixel {@code i} covers the
 * stretch from {@code i from / to} to {@code (i + 1) from / to} of the old ones, where pixel {@code
 * j} reaches from {@code j} to {@code j + 1}.
 */
public enum Interpolation {
  /**
   * The mean of the stretch that the new pixel covers, where parts of old pixels count as such. For
   * shrinking; also known as box filter, or INTER_AREA in OpenCV.
   */
  AREA {
    @Override
    Weights weights(int from, int to) {
      double scale = (double) from / to;
      int[] starts = new int[to];
      float[][] weights = new float[to][];
      for (int i = 0; i < to; i++) {
        double low = i * scale;
        double high = Math.min(from, (i + 1) * scale);
        int first = (int) low;
        // Rounding may put the end a trace into a pixel that is not covered.
        int last = Math.max(first, Math.min(from - 1, (int) Math.ceil(high - TRACE) - 1));
        starts[i] = first;
        weights[i] = new float[last - first + 1];
        for (int j = first; j <= last; j++) {
          double covered = Math.min(high, j + 1) - Math.max(low, j);
          weights[i][j - first] = (float) (covered / (high - low));
        }
      }
      return new Weights(starts, weights);
    }
  },

  /**
   * Between the two old pixels whose middles are nearest to the middle of the new one; beyond the
   * first and last middle the edge goes on. For growing: where a picture shrinks to less than half,
   * pixels are skipped. As in PyTorch's {@code interpolate} with {@code mode="bilinear"} and {@code
   * align_corners=False}.
   */
  BILINEAR {
    @Override
    Weights weights(int from, int to) {
      double scale = (double) from / to;
      int[] starts = new int[to];
      float[][] weights = new float[to][];
      for (int i = 0; i < to; i++) {
        double place = Math.max(0, (i + 0.5) * scale - 0.5);
        int first = Math.min((int) place, from - 1);
        float second = (float) (place - first);
        starts[i] = first;
        weights[i] = first + 1 < from ? new float[] {1 - second, second} : new float[] {1};
      }
      return new Weights(starts, weights);
    }
  };

  private static final double TRACE = 1e-9;

  /**
   * What a new pixel is made of.
   *
   * @param starts for each new pixel, the first old one that counts
   * @param weights for each new pixel, how much the old ones from there on count
   */
  record Weights(int[] starts, float[][] weights) {}

  abstract Weights weights(int from, int to);

  /** For an axis that shrinks {@link #AREA}, and otherwise {@link #BILINEAR}. */
  static Interpolation better(int from, int to) {
    return to < from ? AREA : BILINEAR;
  }

  /** Gives one axis another size. */
  Tensor along(Tensor images, int axis, int size) {
    Shape shape = images.shape();
    int from = shape.size(axis);
    int inner = shape.slice(axis + 1, shape.rank()).elements();
    int outer = shape.slice(0, axis).elements();
    Weights all = weights(from, size);
    float[] old = images.toFloatArray();
    float[] out = new float[outer * size * inner];
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < size; i++) {
        int at = (o * size + i) * inner;
        int start = o * from + all.starts[i];
        float[] weights = all.weights[i];
        for (int j = 0; j < weights.length; j++) {
          int source = (start + j) * inner;
          for (int k = 0; k < inner; k++) {
            out[at + k] += weights[j] * old[source + k];
          }
        }
      }
    }
    return Tensor.of(out, shape.with(axis, size).toArray());
  }
}
