package org.lawu.internal.kernel;

/** Max pooling with windows of 2 x 2 side by side, one row of windows at a time. */
final class ScalarPool {

  private ScalarPool() {}

  static void maxima(float[] x, int xAt, int xRow, float[] out, int outAt, int n) {
    int below = xAt + xRow;
    for (int i = 0; i < n; i++) {
      out[outAt + i] =
          Math.max(
              Math.max(x[xAt + 2 * i], x[xAt + 2 * i + 1]),
              Math.max(x[below + 2 * i], x[below + 2 * i + 1]));
    }
  }

  static void maximaGradient(
      float[] x,
      int xAt,
      int xRow,
      float[] y,
      int yAt,
      float[] g,
      int gAt,
      float[] out,
      int outAt,
      int n) {
    for (int i = 0; i < n; i++) {
      float max = y[yAt + i];
      int at = xAt + 2 * i;
      int place =
          is(max, x[at]) ? 0 : is(max, x[at + 1]) ? 1 : is(max, x[at + xRow]) ? xRow : xRow + 1;
      int to = outAt + 2 * i;
      out[to] = 0;
      out[to + 1] = 0;
      out[to + xRow] = 0;
      out[to + xRow + 1] = 0;
      out[to + place] = g[gAt + i];
    }
  }

  private static boolean is(float max, float x) {
    return x == max || Float.isNaN(x);
  }
}
