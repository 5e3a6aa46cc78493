package org.lawu.internal.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The loops that pack panels. */
final class Packing {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Columns copied together: where they are contiguous, a cache line of each row. */
  private static final int BLOCK = 16;

  /** Steps of a panel of A copied before those of the next. */
  private static final int STEPS_OF_A = 16;

  /** The lanes of a step of a panel of A. */
  private static final VectorMask<Float> STEP_OF_A = SPECIES.indexInRange(0, Tiles.ROWS);

  private Packing() {}

  /** Each step is contiguous in the matrix. */
  static void copySteps(
      float[] x, int from, int rowStep, float[] out, int to, int width, int columns, int steps) {
    if (columns == width && columns % LANES == 0) {
      copyStepsOfB(x, from, rowStep, out, to, width, steps);
      return;
    }
    for (int p = 0; p < steps; p++) {
      System.arraycopy(x, from, out, to, columns);
      from += rowStep;
      to += width;
    }
  }

  /** One, two or four vectors each; a call to copy so little would cost more than the copy. */
  private static void copyStepsOfB(
      float[] x, int from, int rowStep, float[] out, int to, int width, int steps) {
    for (int p = 0; p < steps; p++) {
      int at = from + p * rowStep;
      int outAt = to + p * width;
      for (int v = 0; v < width; v += LANES) {
        FloatVector.fromArray(SPECIES, x, at + v).intoArray(out, outAt + v);
      }
    }
  }

  /**
   * Panels of A whose steps are contiguous in the matrix, side by side there and one after the
   * other in {@code out}; some steps of all before the next, since they share cache lines.
   */
  static void copyPanelsOfA(
      float[] x, int from, int rowStep, float[] out, int to, int steps, int panels) {
    for (int p = 0; p < steps; p += STEPS_OF_A) {
      int end = Math.min(p + STEPS_OF_A, steps);
      for (int panel = 0; panel < panels; panel++) {
        int at = from + panel * Tiles.ROWS;
        copyStepsOfA(x, at, rowStep, out, to + panel * Tiles.ROWS * steps, p, end, steps);
      }
    }
  }

  /**
   * Whole vectors, of which the next step overwrites what is too much, take less than parts of
   * vectors.
   */
  private static void copyStepsOfA(
      float[] x, int from, int rowStep, float[] out, int to, int first, int end, int steps) {
    boolean overrun = LANES > Tiles.ROWS && LANES <= 2 * Tiles.ROWS && rowStep >= Tiles.ROWS;
    int whole = overrun ? Math.min(end, steps - 1) : first;
    for (int p = first; p < whole; p++) {
      FloatVector.fromArray(SPECIES, x, from + p * rowStep).intoArray(out, to + p * Tiles.ROWS);
    }
    for (int p = whole; p < end; p++) {
      if (LANES > Tiles.ROWS) {
        FloatVector.fromArray(SPECIES, x, from + p * rowStep, STEP_OF_A)
            .intoArray(out, to + p * Tiles.ROWS, STEP_OF_A);
      } else {
        System.arraycopy(x, from + p * rowStep, out, to + p * Tiles.ROWS, Tiles.ROWS);
      }
    }
  }

  /**
   * {@code out[i * toRow + j * toColumn] = x[i * fromRow + j * fromColumn]}, a few columns at a
   * time, so that reads and writes stay in cache.
   */
  static void copy(
      float[] x,
      int from,
      int fromRow,
      int fromColumn,
      float[] out,
      int to,
      int toRow,
      int toColumn,
      int rows,
      int columns) {
    if (fromColumn == 1 && toColumn == 1) {
      copyPieces(x, from, fromRow, out, to, toRow, rows, columns);
      return;
    }
    int turned = 0;
    if (Turning.FITS && fromColumn == 1 && toRow == 1) {
      turned = rows / BLOCK * BLOCK;
      int whole = columns / BLOCK * BLOCK;
      Turning.turn(x, from, fromRow, out, to, toColumn, turned, whole);
      copyElements(
          x,
          from + whole,
          fromRow,
          1,
          out,
          to + whole * toColumn,
          1,
          toColumn,
          turned,
          columns - whole);
    }
    copyElements(
        x,
        from + turned * fromRow,
        fromRow,
        fromColumn,
        out,
        to + turned * toRow,
        toRow,
        toColumn,
        rows - turned,
        columns);
  }

  private static void copyElements(
      float[] x,
      int from,
      int fromRow,
      int fromColumn,
      float[] out,
      int to,
      int toRow,
      int toColumn,
      int rows,
      int columns) {
    for (int j = 0; j < columns; j += BLOCK) {
      int block = Math.min(BLOCK, columns - j);
      for (int i = 0; i < rows; i++) {
        int at = from + i * fromRow + j * fromColumn;
        int outAt = to + i * toRow + j * toColumn;
        for (int n = 0; n < block; n++) {
          out[outAt + n * toColumn] = x[at + n * fromColumn];
        }
      }
    }
  }

  /** Rows as contiguous as they were. */
  private static void copyPieces(
      float[] x, int from, int fromRow, float[] out, int to, int toRow, int rows, int columns) {
    int whole = SPECIES.loopBound(columns);
    VectorMask<Float> rest = SPECIES.indexInRange(whole, columns);
    for (int i = 0; i < rows; i++) {
      int at = from + i * fromRow;
      int outAt = to + i * toRow;
      for (int j = 0; j < whole; j += LANES) {
        FloatVector.fromArray(SPECIES, x, at + j).intoArray(out, outAt + j);
      }
      if (whole < columns) {
        FloatVector.fromArray(SPECIES, x, at + whole, rest).intoArray(out, outAt + whole, rest);
      }
    }
  }
}
