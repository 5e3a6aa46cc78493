package org.lawu.internal.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The loops that pack panels. */
final class Packing {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Columns copied together: where they are contiguous, a cache line of each row. */
  private static final int BLOCK = 16;

  private static final int FOUR = 4;
  private static final int TWELVE = 12;
  private static final VectorSpecies<Float> QUARTET = FloatVector.SPECIES_128;

  // Of two vectors, the lanes of the second having the numbers from 4: integers, since numbers of
  // lanes in floating point would be converted each time. AVX2 has no instruction for it.
  private static final IntVector LOW_PAIRS = lanes(0, 4, 1, 5);
  private static final IntVector HIGH_PAIRS = lanes(2, 6, 3, 7);
  private static final IntVector LOW_HALVES = lanes(0, 1, 4, 5);
  private static final IntVector HIGH_HALVES = lanes(2, 3, 6, 7);

  private Packing() {}

  private static IntVector lanes(int... numbers) {
    return IntVector.fromArray(IntVector.SPECIES_128, numbers, 0);
  }

  /** Each step is contiguous in the matrix. */
  static void copySteps(
      float[] x, int from, int rowStep, float[] out, int to, int width, int columns, int steps) {
    if (columns == Tiles.COLUMNS && width == Tiles.COLUMNS) {
      copyStepsOfB(x, from, rowStep, out, to, steps);
      return;
    }
    if (columns == TWELVE && width == TWELVE) {
      copyStepsOfA(x, from, rowStep, out, to, steps);
      return;
    }
    for (int p = 0; p < steps; p++) {
      System.arraycopy(x, from, out, to, columns);
      from += rowStep;
      to += width;
    }
  }

  /** Two vectors each; a call to copy so little would cost more than the copy. */
  private static void copyStepsOfB(
      float[] x, int from, int rowStep, float[] out, int to, int steps) {
    for (int p = 0; p < steps; p++) {
      int at = from + p * rowStep;
      int outAt = to + p * Tiles.COLUMNS;
      FloatVector.fromArray(SPECIES, x, at).intoArray(out, outAt);
      FloatVector.fromArray(SPECIES, x, at + LANES).intoArray(out, outAt + LANES);
    }
  }

  /** Those of {@link WideTile}. */
  private static void copyStepsOfA(
      float[] x, int from, int rowStep, float[] out, int to, int steps) {
    for (int p = 0; p < steps; p++) {
      int at = from + p * rowStep;
      int outAt = to + p * TWELVE;
      FloatVector.fromArray(QUARTET, x, at).intoArray(out, outAt);
      FloatVector.fromArray(QUARTET, x, at + FOUR).intoArray(out, outAt + FOUR);
      FloatVector.fromArray(QUARTET, x, at + 2 * FOUR).intoArray(out, outAt + 2 * FOUR);
    }
  }

  /** Each column of the matrix is contiguous, and becomes a row. */
  static void copyRows(
      float[] x, int from, int columnStep, float[] out, int to, int toRow, int columns, int steps) {
    for (int c = 0; c < columns; c++) {
      System.arraycopy(x, from + c * columnStep, out, to + c * toRow, steps);
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
    int wholeRows = Tiles.WIDE && fromColumn == 1 && toRow == 1 ? rows / FOUR * FOUR : 0;
    for (int j = 0; j < columns; j += BLOCK) {
      int block = Math.min(BLOCK, columns - j);
      int turned = block / FOUR * FOUR;
      for (int i = 0; i < wholeRows; i += FOUR) {
        turn(x, from + i * fromRow + j, fromRow, out, to + j * toColumn + i, toColumn, turned);
      }
      for (int i = 0; i < rows; i++) {
        int done = i < wholeRows ? turned : 0;
        copyRow(
            x,
            from + i * fromRow + (j + done) * fromColumn,
            fromColumn,
            out,
            to + i * toRow + (j + done) * toColumn,
            toColumn,
            block - done);
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

  /** Four contiguous rows become columns, four elements of each at a time. */
  private static void turn(
      float[] x, int from, int fromRow, float[] out, int to, int toColumn, int columns) {
    for (int j = 0; j < columns; j += FOUR) {
      int at = from + j;
      int outAt = to + j * toColumn;
      IntVector a = load(x, at);
      IntVector b = load(x, at + fromRow);
      IntVector c = load(x, at + 2 * fromRow);
      IntVector d = load(x, at + 3 * fromRow);
      IntVector ab = LOW_PAIRS.selectFrom(a, b);
      IntVector cd = LOW_PAIRS.selectFrom(c, d);
      store(LOW_HALVES.selectFrom(ab, cd), out, outAt);
      store(HIGH_HALVES.selectFrom(ab, cd), out, outAt + toColumn);
      ab = HIGH_PAIRS.selectFrom(a, b);
      cd = HIGH_PAIRS.selectFrom(c, d);
      store(LOW_HALVES.selectFrom(ab, cd), out, outAt + 2 * toColumn);
      store(HIGH_HALVES.selectFrom(ab, cd), out, outAt + 3 * toColumn);
    }
  }

  private static IntVector load(float[] x, int at) {
    return FloatVector.fromArray(QUARTET, x, at).reinterpretAsInts();
  }

  private static void store(IntVector x, float[] out, int at) {
    x.reinterpretAsFloats().intoArray(out, at);
  }

  private static void copyRow(
      float[] x, int from, int fromStep, float[] out, int to, int toStep, int n) {
    for (int i = 0; i < n; i++) {
      out[to + i * toStep] = x[from + i * fromStep];
    }
  }
}
