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

  private static final int TILE = ROWS * COLUMNS;

  /**
   * Steps along k that a tile sums at a time, at most: so much of a panel of B, 34 KB, stays in the
   * first-level cache while tiles of A pass by.
   */
  private static final int PART = 8704 / COLUMNS;

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
    if (steps <= SHALLOW) {
      for (int i = fromRow; i < toRow; i++) {
        for (int j = fromColumn; j < direct; j++) {
          wholeTile(i, j);
        }
      }
    } else if (direct > fromColumn) {
      parts(fromRow, toRow, fromColumn, direct, pool);
    }
    if (direct < toColumn) {
      float[] buffer = pool.take(TILE);
      for (int j = direct; j < toColumn; j++) {
        for (int i = fromRow; i < toRow; i++) {
          otherTile(i, j, buffer);
        }
      }
      pool.give(buffer);
    }
  }

  /**
   * A part of the steps after the other. What the last one adds to waits in a buffer, tile after
   * tile: rows of C lie far apart, and begin where they begin.
   */
  private void parts(int fromRow, int toRow, int fromColumn, int toColumn, PanelPool pool) {
    int part = part(steps);
    int tiles = (toRow - fromRow) * (toColumn - fromColumn);
    float[] sums = part < steps ? pool.takeAligned(PanelPool.LINE + tiles * TILE) : NOUGHTS;
    for (int step = 0; step < steps; step += part) {
      boolean first = step == 0;
      boolean last = step + part >= steps;
      float[] s = first ? start.data : sums;
      float[] out = last ? c.data : sums;
      int sRow = first ? start.rowStep : COLUMNS;
      int outRow = last ? c.rowStep : COLUMNS;
      int count = Math.min(part, steps - step);
      int sum = PanelPool.LINE;
      for (int j = fromColumn; j < toColumn; j++) {
        for (int i = fromRow; i < toRow; i++) {
          int sAt = first ? start.index(i * ROWS, j * COLUMNS) : sum;
          int outAt = last ? c.index(i * ROWS, j * COLUMNS) : sum;
          tile(i, j, step, count, s, sAt, sRow, out, outAt, outRow);
          sum += TILE;
        }
      }
    }
    if (part < steps) {
      pool.give(sums);
    }
  }

  /** All steps of one that is written where it lies. */
  private void wholeTile(int i, int j) {
    int from = start.index(i * ROWS, j * COLUMNS);
    int to = c.index(i * ROWS, j * COLUMNS);
    tile(i, j, 0, steps, start.data, from, start.rowStep, c.data, to, c.rowStep);
  }

  /** Whether whole tiles are read and written where they lie. */
  private boolean inPlace() {
    return c.columnStep == 1 && (start.columnStep == 1 || startsFromZero());
  }

  /** Only {@link #ZERO} is one number everywhere. */
  private boolean startsFromZero() {
    return start.rowStep == 0 && start.columnStep == 0;
  }

  /** One that C has no room for, or that goes there transposed. */
  private void otherTile(int i, int j, float[] buffer) {
    int rows = left.width(i);
    int columns = right.width(j);
    int from = start.index(i * ROWS, j * COLUMNS);
    int to = c.index(i * ROWS, j * COLUMNS);
    float[] s = NOUGHTS;
    int sRow = 0;
    if (!startsFromZero()) {
      fetch(from, rows, columns, buffer);
      s = buffer;
      sRow = COLUMNS;
    }
    int part = part(steps);
    for (int step = 0; step < steps; step += part) {
      tile(i, j, step, Math.min(part, steps - step), s, 0, sRow, buffer, 0, COLUMNS);
      s = buffer;
      sRow = COLUMNS;
    }
    Packing.copy(buffer, 0, COLUMNS, 1, c.data, to, c.rowStep, c.columnStep, rows, columns);
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

  /** Some of the steps, added to what is at {@code s}; the rows are so far apart. */
  private void tile(
      int i,
      int j,
      int step,
      int count,
      float[] s,
      int sAt,
      int sRow,
      float[] out,
      int outAt,
      int outRow) {
    int done = 0;
    if (!right.isPacked(j, step + count)) {
      done = pack(i, j, step, count, s, sAt, sRow, out, outAt, outRow);
    }
    TileRows.run(
        left.width(i) - done,
        right.tileWidth(j),
        count,
        left.data(i),
        left.at(i, step) + done * left.elementStep(i),
        left.elementStep(i),
        left.step(i),
        right.data(j),
        right.at(j, step),
        right.step(j),
        s,
        sAt + done * sRow,
        sRow,
        out,
        outAt + done * outRow,
        outRow);
  }

  /** Packs these steps of B or more; returns how many rows of the tile are done with that. */
  private int pack(
      int i,
      int j,
      int step,
      int count,
      float[] s,
      int sAt,
      int sRow,
      float[] out,
      int outAt,
      int outRow) {
    if (left.width(i) < PackingTile.ROWS || !right.isVectors(j)) {
      right.pack(j);
      return 0;
    }
    PackingTile.run(
        count,
        left.data(i),
        left.at(i, step),
        left.elementStep(i),
        left.step(i),
        right.matrix().data,
        right.matrixAt(j, step),
        right.matrix().rowStep,
        right.data(j),
        right.at(j, step),
        s,
        sAt,
        sRow,
        out,
        outAt,
        outRow);
    right.packed(j, step + count);
    return PackingTile.ROWS;
  }
}
