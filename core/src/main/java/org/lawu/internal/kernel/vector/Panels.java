package org.lawu.internal.kernel.vector;

import java.util.Arrays;
import org.lawu.internal.kernel.Matrix;
import org.lawu.internal.kernel.PanelPool;

/**
 * One operand of the register tiles, cut into panels of {@code width} rows of A or columns of B.
 * Contiguous rows of A are read where the matrix lies, as B is if that is worth it; other panels
 * are packed, step after step of {@code width} contiguous elements, the last panel filled up with
 * zeros to {@code unit} or that times a power of two. Packed panels begin at {@link
 * PanelPool#LINE}, so that reading a vector of B crosses no cache line.
 */
final class Panels {
  private static final float[] NOTHING = {};

  /**
   * Elements of a block, 4 MB, that is likely to be in a cache. What comes from further away is
   * read sooner by a loop that does nothing else.
   */
  private static final int NEAR = 1 << 20;

  private final Matrix matrix; // columns of it make up the panels, rows are the steps along k
  private final int width;
  private final int unit;
  private final boolean inPlace;
  private int firstStep;
  private int firstColumn;
  private int columns;
  private int steps;
  private int count;
  private int packedFrom;
  private float[] packed = NOTHING;
  private int[] packedSteps = {};
  private boolean ready;
  private long packer;

  private Panels(Matrix matrix, int width, int unit, boolean inPlace) {
    this.matrix = matrix;
    this.width = width;
    this.unit = unit;
    this.inPlace = inPlace;
  }

  /** Of A, k columns wide: read where it is if its rows are contiguous, otherwise packed. */
  static Panels rows(Matrix a) {
    boolean inPlace = a.columnStep == 1;
    return new Panels(a.transposed(), Tiles.ROWS, inPlace ? 1 : Tiles.ROWS, inPlace);
  }

  /** Of B with k rows: packed, or read where it is, but for a last panel that is not whole. */
  static Panels columns(Matrix b, boolean inPlace) {
    return new Panels(b, Tiles.COLUMNS, Tiles.LANES, inPlace);
  }

  /** Takes a buffer for what is packed of the selected block. */
  void buffer(PanelPool pool) {
    buffer(packedLength(), pool);
  }

  private void buffer(int length, PanelPool pool) {
    if (packed.length < length) {
      release(pool);
      packed = take(length, pool);
    }
  }

  /** A tile reads vectors of B, and elements of A. */
  private float[] take(int length, PanelPool pool) {
    packer = Thread.currentThread().threadId();
    return unit == Tiles.LANES ? pool.takeAligned(length) : pool.take(length);
  }

  /** Turns to a block of the matrix, to be packed in a buffer or by {@link #packedCopy}. */
  void select(int firstStep, int steps, int firstColumn, int columns) {
    this.firstStep = firstStep;
    this.steps = steps;
    this.firstColumn = firstColumn;
    this.columns = columns;
    this.count = (columns + width - 1) / width;
    this.packedFrom = firstPacked();
    this.ready = false;
  }

  /** The first panel that cannot be read in place. */
  private int firstPacked() {
    return !inPlace ? 0 : unit == 1 ? count : columns / width;
  }

  /** Elements of a buffer for what is packed. */
  private int packedLength() {
    return packedLength(count);
  }

  /** Elements of a buffer for what is packed of the panels before {@code to}. */
  private int packedLength(int to) {
    return to > packedFrom ? PanelPool.LINE + (to - packedFrom) * panelLength() : 0;
  }

  /** Turns to a block of the matrix for good: its panels are in an array of their own. */
  void keep(int firstStep, int steps, int firstColumn, int columns) {
    select(firstStep, steps, firstColumn, columns);
    packed = new float[packedLength()];
  }

  /** Whether all panels of the block are packed, or read where they lie. */
  boolean isReady() {
    return ready || packedFrom == count;
  }

  /** Says that they are packed. */
  void ready() {
    ready = true;
  }

  /** The same block, of which the panels {@code from..to-1} are packed in a buffer of their own. */
  Panels packedCopy(int from, int to, PanelPool pool) {
    var copy = new Panels(matrix, width, unit, inPlace);
    copy.select(firstStep, steps, firstColumn, columns);
    copy.repack(from, to, pool);
    return copy;
  }

  /** Packs the panels {@code from..to-1}, in place of any that were packed before. */
  void repack(int from, int to, PanelPool pool) {
    packedFrom = Math.max(firstPacked(), from);
    buffer(packedLength(to), pool);
    pack(from, to);
  }

  /** The same block, turned to some panels with a buffer of its own. */
  Panels turnedCopy(int from, int to, PanelPool pool) {
    var copy = new Panels(matrix, width, unit, inPlace);
    copy.select(firstStep, steps, firstColumn, columns);
    copy.turn(from, to, pool);
    return copy;
  }

  /**
   * Turns the buffer to the panels {@code from..to-1}. They are packed now, or where the block is
   * near by the tiles that first read them.
   */
  void turn(int from, int to, PanelPool pool) {
    if ((long) columns * steps > NEAR) {
      repack(from, to, pool);
      return;
    }
    packedFrom = Math.max(firstPacked(), from);
    buffer(packedLength(to), pool);
    packedSteps = new int[to - from];
  }

  /** Whether the steps before {@code end} of a panel can be read. */
  boolean isPacked(int panel, int end) {
    int at = panel - packedFrom;
    return at < 0 || at >= packedSteps.length || packedSteps[at] >= end;
  }

  /** Whether a tile may pack a panel, or some steps of it, as it is whole vectors of the matrix. */
  boolean isVectors(int panel) {
    return matrix.columnStep == 1 && width(panel) == width;
  }

  /** Says that somebody has packed the steps before {@code end}. */
  void packed(int panel, int end) {
    packedSteps[panel - packedFrom] = end;
  }

  /** Packs all of a panel. */
  void pack(int panel) {
    copy(panel);
    packed(panel, steps);
  }

  Matrix matrix() {
    return matrix;
  }

  /** Where a step begins in the matrix. */
  int matrixAt(int panel, int step) {
    return matrix.index(firstStep + step, firstColumn + panel * width);
  }

  void release(PanelPool pool) {
    pool.give(packed, packer);
    packed = NOTHING;
  }

  int firstStep() {
    return firstStep;
  }

  int firstColumn() {
    return firstColumn;
  }

  /** Along k. */
  int steps() {
    return steps;
  }

  int count() {
    return count;
  }

  /** The first panel that is packed; those before are read where they lie. */
  int packedFrom() {
    return packedFrom;
  }

  /** Elements of a packed panel, but for the last. */
  private int panelLength() {
    return width * steps;
  }

  /** Elements of a step of a panel when it is packed: those of a tile. */
  int tileWidth(int panel) {
    return Tiles.columns(unit, width(panel));
  }

  /** Whether a panel fills its tiles. */
  boolean isWhole(int panel) {
    return width(panel) == tileWidth(panel);
  }

  /** Elements of a panel when it is packed. */
  int size(int panel) {
    return tileWidth(panel) * steps;
  }

  float[] data(int panel) {
    return panel < packedFrom ? matrix.data : packed;
  }

  int at(int panel) {
    return panel < packedFrom
        ? matrixAt(panel, 0)
        : PanelPool.LINE + (panel - packedFrom) * panelLength();
  }

  /** Where a step begins. */
  int at(int panel, int step) {
    return at(panel) + step * step(panel);
  }

  /** From one element of a step to the next. */
  int elementStep(int panel) {
    return panel < packedFrom ? matrix.columnStep : 1;
  }

  /** From one step to the next. */
  int step(int panel) {
    return panel < packedFrom ? matrix.rowStep : tileWidth(panel);
  }

  /** How many columns of the matrix a panel holds. */
  int width(int panel) {
    return Math.min(width, columns - panel * width);
  }

  /** Packs the panels {@code from..to-1}, but for those that are read where they lie. */
  void pack(int from, int to) {
    int panel = Math.max(from, packedFrom);
    if (unit == Tiles.ROWS && matrix.columnStep == 1) {
      int whole = Math.min(to, columns / width) - panel;
      int at = matrixAt(panel, 0);
      Packing.copyPanelsOfA(matrix.data, at, matrix.rowStep, packed, at(panel), steps, whole);
      panel += Math.max(0, whole);
    }
    for (; panel < to; panel++) {
      copy(panel);
    }
  }

  private void copy(int panel) {
    int whole = width(panel);
    int step = tileWidth(panel);
    int from = matrixAt(panel, 0);
    int to = at(panel);
    if (whole < step) {
      Arrays.fill(packed, to, to + step * steps, 0);
    }
    if (matrix.columnStep == 1) {
      Packing.copySteps(matrix.data, from, matrix.rowStep, packed, to, step, whole, steps);
    } else {
      Packing.copy(
          matrix.data, from, matrix.columnStep, matrix.rowStep, packed, to, 1, step, whole, steps);
    }
  }
}
