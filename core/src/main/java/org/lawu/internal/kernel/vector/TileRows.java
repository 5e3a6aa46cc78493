package org.lawu.internal.kernel.vector;

/**
 * Rows of A times one panel of B by as few tiles as there can be. The panel is one, two or, where
 * there are registers for it, four vectors wide.
 */
final class TileRows {

  private static final int LANES = Tiles.LANES;

  private TileRows() {}

  /** {@code C = A B}; where the elements lie as in {@link StridedTile}. */
  static void multiply(
      int rows,
      int columns,
      int steps,
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      float[] c,
      int cAt,
      int cRow) {
    float[] s = Tiles.NOUGHTS;
    run(rows, columns, steps, a, aAt, aRow, aStep, b, bAt, bStep, s, 0, 0, c, cAt, cRow);
  }

  /** {@code C += A B}. */
  static void add(
      int rows,
      int columns,
      int steps,
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      float[] c,
      int cAt,
      int cRow) {
    run(rows, columns, steps, a, aAt, aRow, aStep, b, bAt, bStep, c, cAt, cRow, c, cAt, cRow);
  }

  /** {@code C = S + A B}. */
  static void run(
      int rows,
      int columns,
      int steps,
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      float[] s,
      int sAt,
      int sRow,
      float[] c,
      int cAt,
      int cRow) {
    for (int r = 0; r < rows; ) {
      int ar = aAt + r * aRow;
      int sr = sAt + r * sRow;
      int cr = cAt + r * cRow;
      int height = height(rows - r, columns);
      if (columns > 2 * LANES) {
        four(height, steps, a, ar, aRow, aStep, b, bAt, bStep, s, sr, sRow, c, cr, cRow);
      } else if (columns > LANES) {
        two(height, steps, a, ar, aRow, aStep, b, bAt, bStep, s, sr, sRow, c, cr, cRow);
      } else {
        one(height, steps, a, ar, aRow, aStep, b, bAt, bStep, s, sr, sRow, c, cr, cRow);
      }
      r += height;
    }
  }

  /** The rows of the next tile when this many remain. */
  private static int height(int rows, int columns) {
    if (columns > LANES && rows >= 6 && rows != 8 && rows != 9) {
      return 6;
    }
    return rows >= 4 ? 4 : 1;
  }

  /** A tile of four vectors. */
  private static void four(
      int rows,
      int steps,
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      float[] s,
      int sAt,
      int sRow,
      float[] c,
      int cAt,
      int cRow) {
    switch (rows) {
      case 6 ->
          StridedTile.tile6x4(
              steps, a, aAt, aRow, aStep, b, bAt, bStep, s, sAt, sRow, c, cAt, cRow);
      case 4 ->
          StridedTile.tile4x4(
              steps, a, aAt, aRow, aStep, b, bAt, bStep, s, sAt, sRow, c, cAt, cRow);
      default ->
          StridedTile.tile1x4(
              steps, a, aAt, aRow, aStep, b, bAt, bStep, s, sAt, sRow, c, cAt, cRow);
    }
  }

  /** A tile of two vectors. */
  private static void two(
      int rows,
      int steps,
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      float[] s,
      int sAt,
      int sRow,
      float[] c,
      int cAt,
      int cRow) {
    switch (rows) {
      case 6 ->
          StridedTile.tile6x2(
              steps, a, aAt, aRow, aStep, b, bAt, bStep, s, sAt, sRow, c, cAt, cRow);
      case 4 ->
          StridedTile.tile4x2(
              steps, a, aAt, aRow, aStep, b, bAt, bStep, s, sAt, sRow, c, cAt, cRow);
      default ->
          StridedTile.tile1x2(
              steps, a, aAt, aRow, aStep, b, bAt, bStep, s, sAt, sRow, c, cAt, cRow);
    }
  }

  /** A tile of one vector. */
  private static void one(
      int rows,
      int steps,
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      float[] s,
      int sAt,
      int sRow,
      float[] c,
      int cAt,
      int cRow) {
    switch (rows) {
      case 4 ->
          StridedTile.tile4x1(
              steps, a, aAt, aRow, aStep, b, bAt, bStep, s, sAt, sRow, c, cAt, cRow);
      default ->
          StridedTile.tile1x1(
              steps, a, aAt, aRow, aStep, b, bAt, bStep, s, sAt, sRow, c, cAt, cRow);
    }
  }
}
