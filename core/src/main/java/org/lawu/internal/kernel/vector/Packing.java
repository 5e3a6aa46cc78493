package org.lawu.internal.kernel.vector;

/** The loops that pack panels. */
final class Packing {

  /** Steps copied together: with a step of 1, a cache line of each column. */
  private static final int BLOCK = 16;

  private Packing() {}

  /** Each step is contiguous in the matrix. */
  static void copySteps(
      float[] x, int from, int rowStep, float[] out, int to, int width, int columns, int steps) {
    for (int p = 0; p < steps; p++) {
      System.arraycopy(x, from, out, to, columns);
      from += rowStep;
      to += width;
    }
  }

  /** Any strides: columns in turn, a few steps of each, so that reads and writes stay in cache. */
  static void transpose(
      float[] x,
      int from,
      int rowStep,
      int columnStep,
      float[] out,
      int to,
      int width,
      int columns,
      int steps) {
    for (int p = 0; p < steps; p += BLOCK) {
      int block = Math.min(BLOCK, steps - p);
      for (int c = 0; c < columns; c++) {
        copyColumn(
            x, from + p * rowStep + c * columnStep, rowStep, out, to + p * width + c, width, block);
      }
    }
  }

  private static void copyColumn(
      float[] x, int from, int fromStep, float[] out, int to, int toStep, int n) {
    for (int i = 0; i < n; i++) {
      out[to + i * toStep] = x[from + i * fromStep];
    }
  }
}
