package org.lawu.internal.kernel.vector;

import jdk.incubator.vector.FloatVector;
import org.lawu.internal.kernel.Matrix;

/** Covers a block of C with register tiles. */
final class Tiles {

  static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  /** AVX-512 and NEON have 32 vector registers, AVX2 has 16. */
  static final boolean WIDE = LANES >= 16 || System.getProperty("os.arch", "").equals("aarch64");

  /** Rows of the largest tile. */
  static final int ROWS = WIDE ? 12 : 6;

  /** Columns of the tiles: two vectors. */
  static final int COLUMNS = 2 * LANES;

  /** Up to so many steps along k, writing C takes the time: it is done a row of tiles at a time. */
  static final int SHALLOW = 64;

  /** What the sums of a tile start from that does not add to C. */
  private static final float[] ZEROS = new float[COLUMNS];

  private final Panels left;
  private final Panels right;
  private final int steps;
  private final Matrix c;
  private final boolean accumulate;

  /** {@code c = left * right}, or {@code +=}. */
  Tiles(Panels left, Panels right, int steps, Matrix c, boolean accumulate) {
    this.left = left;
    this.right = right;
    this.steps = steps;
    this.c = c;
    this.accumulate = accumulate;
  }

  /**
   * The panels {@code fromRow..toRow-1} of A times {@code fromColumn..toColumn-1} of B, where k is
   * large all rows for a panel of B before the next.
   */
  void run(int fromRow, int toRow, int fromColumn, int toColumn) {
    boolean direct = c.columnStep == 1 && right.width(toColumn - 1) == COLUMNS;
    float[] buffer = new float[direct ? 0 : ROWS * COLUMNS];
    if (steps <= SHALLOW) {
      for (int i = fromRow; i < toRow; i++) {
        for (int j = fromColumn; j < toColumn; j++) {
          tile(i, j, buffer);
        }
      }
      return;
    }
    for (int j = fromColumn; j < toColumn; j++) {
      for (int i = fromRow; i < toRow; i++) {
        tile(i, j, buffer);
      }
    }
  }

  private void tile(int i, int j, float[] buffer) {
    if (right.width(j) == COLUMNS && c.columnStep == 1) {
      direct(i, j);
    } else {
      buffered(i, j, buffer);
    }
  }

  private void direct(int i, int j) {
    int at = c.index(i * ROWS, j * COLUMNS);
    if (accumulate) {
      rows(i, j, 2, c.data, at, c.rowStep, c.data, at, c.rowStep);
    } else {
      rows(i, j, 2, ZEROS, 0, 0, c.data, at, c.rowStep);
    }
  }

  /** A tile that C has no room for, or that goes there transposed. */
  private void buffered(int i, int j, float[] buffer) {
    int columns = right.width(j);
    int rows = left.width(i);
    rows(i, j, columns <= LANES ? 1 : 2, ZEROS, 0, 0, buffer, 0, COLUMNS);
    int at = c.index(i * ROWS, j * COLUMNS);
    if (accumulate) {
      add(buffer, rows, columns, c.data, at, c.rowStep, c.columnStep);
    } else {
      Packing.copy(buffer, 0, COLUMNS, 1, c.data, at, c.rowStep, c.columnStep, rows, columns);
    }
  }

  private static void add(
      float[] x, int rows, int columns, float[] c, int at, int rowStep, int columnStep) {
    for (int j = 0; j < columns; j++) {
      for (int i = 0; i < rows; i++) {
        c[at + i * rowStep + j * columnStep] += x[i * COLUMNS + j];
      }
    }
  }

  /** All rows of a panel of A, by as few tiles as there can be. */
  private void rows(
      int i, int j, int vectors, float[] s, int sAt, int sRow, float[] out, int outAt, int outRow) {
    float[] a = left.data(i);
    int aAt = left.at(i);
    int aRow = left.elementStep(i);
    int aStep = left.step(i);
    float[] b = right.data(j);
    int bAt = right.at(j);
    int bStep = right.step(j);
    int rows = left.width(i);
    if (vectors == 2) {
      TileRows.run(
          rows, steps, a, aAt, aRow, aStep, b, bAt, bStep, s, sAt, sRow, out, outAt, outRow);
      return;
    }
    for (int r = 0; r < rows; ) {
      int height = rows - r >= 4 ? 4 : 1;
      int ar = aAt + r * aRow;
      int sr = sAt + r * sRow;
      int cr = outAt + r * outRow;
      if (height == 4) {
        NarrowTile.tile4x1(steps, a, ar, aRow, aStep, b, bAt, bStep, s, sr, sRow, out, cr, outRow);
      } else {
        NarrowTile.tile1x1(steps, a, ar, aRow, aStep, b, bAt, bStep, s, sr, sRow, out, cr, outRow);
      }
      r += height;
    }
  }
}
