package org.lawu.internal.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The loops that pack panels. */
final class Packing {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Steps copied together: with a step of 1, a cache line of each column. */
  private static final int BLOCK = 16;

  private Packing() {}

  /** Each step is contiguous in the matrix. */
  static void copySteps(
      float[] x, int from, int rowStep, float[] out, int to, int width, int columns, int steps) {
    if (columns == Tiles.COLUMNS && width == Tiles.COLUMNS) {
      copyUsualSteps(x, from, rowStep, out, to, steps);
      return;
    }
    for (int p = 0; p < steps; p++) {
      System.arraycopy(x, from, out, to, columns);
      from += rowStep;
      to += width;
    }
  }

  /** Two vectors each; a call to copy so little would cost more than the copy. */
  private static void copyUsualSteps(
      float[] x, int from, int rowStep, float[] out, int to, int steps) {
    for (int p = 0; p < steps; p++) {
      int at = from + p * rowStep;
      int outAt = to + p * Tiles.COLUMNS;
      FloatVector.fromArray(SPECIES, x, at).intoArray(out, outAt);
      FloatVector.fromArray(SPECIES, x, at + LANES).intoArray(out, outAt + LANES);
    }
  }

  /** Each column of the matrix is contiguous, and becomes a row. */
  static void copyRows(
      float[] x, int from, int columnStep, float[] out, int to, int toRow, int columns, int steps) {
    for (int c = 0; c < columns; c++) {
      System.arraycopy(x, from + c * columnStep, out, to + c * toRow, steps);
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
    boolean usual = rowStep == 1 && width == Tiles.COLUMNS;
    for (int p = 0; p < steps; p += BLOCK) {
      int block = Math.min(BLOCK, steps - p);
      for (int c = 0; c < columns; c++) {
        int at = from + p * rowStep + c * columnStep;
        if (usual && block == BLOCK) {
          turn(x, at, out, to + p * width + c);
        } else {
          copyColumn(x, at, rowStep, out, to + p * width + c, width, block);
        }
      }
    }
  }

  /** The usual column, with constants so that the JIT compiler unrolls the loop. */
  private static void turn(float[] x, int from, float[] out, int to) {
    for (int i = 0; i < BLOCK; i++) {
      out[to + i * Tiles.COLUMNS] = x[from + i];
    }
  }

  private static void copyColumn(
      float[] x, int from, int fromStep, float[] out, int to, int toStep, int n) {
    for (int i = 0; i < n; i++) {
      out[to + i * toStep] = x[from + i * fromStep];
    }
  }
}
