package org.lawu.internal.kernel.vector;

/**
 * Rows of A times one panel of B, {@link Tiles#COLUMNS} wide, by as few tiles as there can be.
 * Twelve rows or more are contiguous ({@code aStep} 1), or lie as {@link WideTile} wants them.
 */
final class TileRows {

  private TileRows() {}

  /** {@code C = A B}; where the elements lie as in {@link NarrowTile}. */
  static void multiply(
      int rows,
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
    run(rows, steps, a, aAt, aRow, aStep, b, bAt, bStep, Tiles.NOUGHTS, 0, 0, c, cAt, cRow);
  }

  /** {@code C += A B}. */
  static void add(
      int rows,
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
    run(rows, steps, a, aAt, aRow, aStep, b, bAt, bStep, c, cAt, cRow, c, cAt, cRow);
  }

  /** {@code C = S + A B}. */
  static void run(
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
    boolean wide = Tiles.WIDE && bStep == Tiles.COLUMNS;
    for (int r = 0; r < rows; ) {
      int height = height(rows - r, wide);
      int ar = aAt + r * aRow;
      int sr = sAt + r * sRow;
      int cr = cAt + r * cRow;
      switch (height) {
        case 12 -> {
          if (aStep == 1) {
            WideRowsTile.tile12x2(steps, a, ar, aRow, b, bAt, s, sr, sRow, c, cr, cRow);
          } else {
            WideTile.tile12x2(steps, a, ar, b, bAt, s, sr, sRow, c, cr, cRow);
          }
        }
        case 6 ->
            NarrowTile.tile6x2(steps, a, ar, aRow, aStep, b, bAt, bStep, s, sr, sRow, c, cr, cRow);
        case 4 ->
            NarrowTile.tile4x2(steps, a, ar, aRow, aStep, b, bAt, bStep, s, sr, sRow, c, cr, cRow);
        default ->
            NarrowTile.tile1x2(steps, a, ar, aRow, aStep, b, bAt, bStep, s, sr, sRow, c, cr, cRow);
      }
      r += height;
    }
  }

  /** The rows of the next tile when this many remain. */
  private static int height(int rows, boolean wide) {
    if (wide && rows >= 12) {
      return 12;
    }
    if (rows >= 6 && rows != 8 && rows != 9) {
      return 6;
    }
    return rows >= 4 ? 4 : 1;
  }
}
