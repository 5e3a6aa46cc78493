package org.lawu.internal.kernel.vector;

import jdk.incubator.vector.FloatVector;
import org.lawu.internal.kernel.Matrix;
import org.lawu.internal.kernel.PanelPool;

/** Covers a block of C with register tiles. */
final class Tiles {

  static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  /** AVX-512 and NEON have 32 vector registers, AVX2 has 16. */
  static final boolean WIDE = LANES >= 16 || System.getProperty("os.arch", "").equals("aarch64");

  /** Rows of a panel of A: one or two tiles. */
  static final int ROWS = WIDE ? 12 : 6;

  /** Columns of the widest panel of B. */
  static final int COLUMNS = (WIDE ? 4 : 2) * LANES;

  /** Up to so many steps along k, writing C takes the time: it is done a row of tiles at a time. */
  static final int SHALLOW = 64;

  /**
   * Steps along k that a tile sums at a time, at most: so much of a panel of B stays in the
   * first-level cache while tiles of A pass by, 34 KB of one of {@link Tile12x2}, and C comes back
   * from the second. The same for all tiles, and so sums are the same whatever tiles do them.
   */
  private static final int PART = 272;

  /** Only read, if at all. */
  static final float[] NOUGHTS = new float[COLUMNS];

  /** What products are added to that add to nothing. */
  static final Matrix ZERO = new Matrix(NOUGHTS, 0, 0, 0);

  private final Panels left;
  private final Panels right;
  private final int steps;
  private final Matrix start;
  private final Matrix c;

  /** {@code c = start + left * right}; the start may be c. */
  Tiles(Panels left, Panels right, int steps, Matrix start, Matrix c) {
    this.left = left;
    this.right = right;
    this.steps = steps;
    this.start = start;
    this.c = c;
  }

  Panels left() {
    return left;
  }

  Panels right() {
    return right;
  }

  /** The same with another copy of B. */
  Tiles withRight(Panels copy) {
    return new Tiles(left, copy, steps, start, c);
  }

  /** The same with another copy of A. */
  Tiles withLeft(Panels copy) {
    return new Tiles(copy, right, steps, start, c);
  }

  /** The steps of a part, but for the last: as equal parts as can be. */
  private static int part(int steps) {
    return Math.ceilDiv(steps, Math.ceilDiv(steps, PART));
  }

  /** The columns of the narrowest tile for so many: a unit of them times a power of two. */
  static int columns(int unit, int needed) {
    int columns = unit;
    while (columns < needed) {
      columns *= 2;
    }
    return columns;
  }

  /** Whether tiles that add to such an array need not read it. */
  @SuppressWarnings("ReferenceEquality") // this array alone, not any zeros
  static boolean isNothing(float[] s) {
    return s == NOUGHTS;
  }

  /**
   * The panels {@code fromRow..toRow-1} of A times {@code fromColumn..toColumn-1} of B, where k is
   * large all rows for a panel of B before the next.
   */
  void run(int fromRow, int toRow, int fromColumn, int toColumn, PanelPool pool) {
    int whole = right.isWhole(toColumn - 1) ? toColumn : toColumn - 1;
    int direct = inPlace() ? whole : fromColumn;
    if (direct == toColumn) {
      run(fromRow, toRow, fromColumn, direct, toColumn, NOUGHTS);
    } else {
      float[] buffer = pool.take(ROWS * COLUMNS);
      run(fromRow, toRow, fromColumn, direct, toColumn, buffer);
      pool.give(buffer);
    }
  }

  /** Those from {@code direct} on through a buffer. */
  private void run(
      int fromRow, int toRow, int fromColumn, int direct, int toColumn, float[] buffer) {
    if (steps <= SHALLOW) {
      for (int i = fromRow; i < toRow; i++) {
        wholeTiles(i, fromColumn, direct, 0, steps, start);
        otherTiles(i, direct, toColumn, buffer);
      }
      return;
    }
    int part = part(steps);
    for (int step = 0; step < steps; step += part) {
      int count = Math.min(part, steps - step);
      Matrix from = step == 0 ? start : c;
      for (int j = fromColumn; j < direct; j++) {
        for (int i = fromRow; i < toRow; i++) {
          wholeTiles(i, j, j + 1, step, count, from);
        }
      }
    }
    for (int j = direct; j < toColumn; j++) {
      for (int i = fromRow; i < toRow; i++) {
        otherTiles(i, j, j + 1, buffer);
      }
    }
  }

  /** Those that are written where they lie, {@code start + } the sum of some of the steps. */
  private void wholeTiles(int i, int fromColumn, int toColumn, int step, int count, Matrix start) {
    int rows = left.width(i);
    float[] a = left.data(i);
    int aAt = left.at(i, step);
    int aRow = left.elementStep(i);
    int aStep = left.step(i);
    int from = start.index(i * ROWS, 0);
    int to = c.index(i * ROWS, 0);
    for (int j = fromColumn; j < toColumn; j++) {
      TileRows.run(
          rows,
          right.tileWidth(j),
          count,
          a,
          aAt,
          aRow,
          aStep,
          right.data(j),
          right.at(j, step),
          right.step(j),
          start.data,
          from + j * right.width() * start.columnStep,
          start.rowStep,
          c.data,
          to + j * right.width(),
          c.rowStep);
    }
  }

  /** Whether whole tiles are read and written where they lie. */
  private boolean inPlace() {
    return c.columnStep == 1 && (start.columnStep == 1 || startsFromZero());
  }

  /** Only {@link #ZERO} is one number everywhere. */
  private boolean startsFromZero() {
    return start.rowStep == 0 && start.columnStep == 0;
  }

  /** Those that C has no room for, or that go there transposed. */
  private void otherTiles(int i, int fromColumn, int toColumn, float[] buffer) {
    int rows = left.width(i);
    for (int j = fromColumn; j < toColumn; j++) {
      int from = start.index(i * ROWS, j * right.width());
      int to = c.index(i * ROWS, j * right.width());
      int columns = right.width(j);
      if (startsFromZero()) {
        tile(i, j, NOUGHTS, 0, buffer);
      } else {
        fetch(from, rows, columns, buffer);
        tile(i, j, buffer, COLUMNS, buffer);
      }
      Packing.copy(buffer, 0, COLUMNS, 1, c.data, to, c.rowStep, c.columnStep, rows, columns);
    }
  }

  /** What a tile adds to; as columns where these are contiguous. */
  private void fetch(int from, int rows, int columns, float[] buffer) {
    if (start.rowStep == 1) {
      Packing.copy(start.data, from, start.columnStep, 1, buffer, 0, 1, COLUMNS, columns, rows);
    } else {
      Packing.copy(
          start.data, from, start.rowStep, start.columnStep, buffer, 0, COLUMNS, 1, rows, columns);
    }
  }

  /** Into a buffer of its size, from {@code s}, which may be the buffer, or nothing. */
  private void tile(int i, int j, float[] s, int sRow, float[] out) {
    int part = part(steps);
    for (int step = 0; step < steps; step += part) {
      tile(i, j, step, Math.min(part, steps - step), s, sRow, out);
      s = out;
      sRow = COLUMNS;
    }
  }

  private void tile(int i, int j, int step, int count, float[] s, int sRow, float[] out) {
    float[] a = left.data(i);
    int aAt = left.at(i, step);
    int aRow = left.elementStep(i);
    int aStep = left.step(i);
    float[] b = right.data(j);
    int bAt = right.at(j, step);
    int bStep = right.step(j);
    TileRows.run(
        left.width(i),
        right.tileWidth(j),
        count,
        a,
        aAt,
        aRow,
        aStep,
        b,
        bAt,
        bStep,
        s,
        0,
        sRow,
        out,
        0,
        COLUMNS);
  }
}
