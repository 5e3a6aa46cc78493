package org.lawu.internal.kernel;

/** Reductions of a row to a number and of rows to a row. */
final class ScalarReduce {

  /**
   * What is summed in one go, by eight running sums; longer rows are halved until they are no
   * longer than this, so that the rounding error grows with the logarithm of the length (pairwise
   * summation).
   */
  private static final int BLOCK = 1024;

  private ScalarReduce() {}

  /** Where to halve a row: at a multiple of the block. */
  static int half(int n) {
    return (n / 2 + BLOCK - 1) / BLOCK * BLOCK;
  }

  static float sum(float[] x, int at, int n) {
    if (n > BLOCK) {
      int half = half(n);
      return sum(x, at, half) + sum(x, at + half, n - half);
    }
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int end = at + n;
    int i = at;
    for (; i <= end - 8; i += 8) {
      s0 += x[i];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
      s4 += x[i + 4];
      s5 += x[i + 5];
      s6 += x[i + 6];
      s7 += x[i + 7];
    }
    for (; i < end; i++) {
      s0 += x[i];
    }
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
  }

  static float sumOfSquares(float shift, float[] x, int at, int n) {
    if (n > BLOCK) {
      int half = half(n);
      return sumOfSquares(shift, x, at, half) + sumOfSquares(shift, x, at + half, n - half);
    }
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int end = at + n;
    int i = at;
    for (; i <= end - 4; i += 4) {
      float d0 = x[i] - shift;
      float d1 = x[i + 1] - shift;
      float d2 = x[i + 2] - shift;
      float d3 = x[i + 3] - shift;
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    for (; i < end; i++) {
      float d = x[i] - shift;
      s0 += d * d;
    }
    return (s0 + s2) + (s1 + s3);
  }

  static float dot(float[] x, int xAt, float[] y, int yAt, int n) {
    if (n > BLOCK) {
      int half = half(n);
      return dot(x, xAt, y, yAt, half) + dot(x, xAt + half, y, yAt + half, n - half);
    }
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i <= n - 4; i += 4) {
      s0 += x[xAt + i] * y[yAt + i];
      s1 += x[xAt + i + 1] * y[yAt + i + 1];
      s2 += x[xAt + i + 2] * y[yAt + i + 2];
      s3 += x[xAt + i + 3] * y[yAt + i + 3];
    }
    for (; i < n; i++) {
      s0 += x[xAt + i] * y[yAt + i];
    }
    return (s0 + s2) + (s1 + s3);
  }

  static float max(float[] x, int at, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = at; i < at + n; i++) {
      max = Math.max(max, x[i]);
    }
    return max;
  }

  static float min(float[] x, int at, int n) {
    float min = Float.POSITIVE_INFINITY;
    for (int i = at; i < at + n; i++) {
      min = Math.min(min, x[i]);
    }
    return min;
  }

  /** The index in 0..n-1 of the first element equal to {@code value}; of the first NaN for NaN. */
  static int indexOf(float value, float[] x, int at, int n) {
    int i = 0;
    if (Float.isNaN(value)) {
      while (i < n - 1 && !Float.isNaN(x[at + i])) {
        i++;
      }
    } else {
      while (i < n - 1 && x[at + i] != value) {
        i++;
      }
    }
    return i;
  }

  static void addTo(float[] out, int outAt, float[] x, int xAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] += x[xAt + i];
    }
  }

  static void maxTo(float[] out, int outAt, float[] x, int xAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = Math.max(out[outAt + i], x[xAt + i]);
    }
  }

  static void minTo(float[] out, int outAt, float[] x, int xAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = Math.min(out[outAt + i], x[xAt + i]);
    }
  }
}
