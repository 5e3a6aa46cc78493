package org.lawu.internal.kernel.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sixteen rows of sixteen elements become columns: four rows at a time, elements within quarters of
 * the vectors first, then the quarters. All with whole vectors, since the JIT compiler does badly
 * by a program that uses vectors of several widths.
 */
final class Turning {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Elements of a quarter, and vectors that change places with one another. */
  private static final int FOUR = 4;

  /** Whether vectors have sixteen elements, and permuting two of them is one instruction. */
  static final boolean FITS = LANES == FOUR * FOUR;

  // Of two vectors, the lanes of the second having the numbers from LANES: integers, since numbers
  // of lanes in floating point would be converted each time.
  private static final IntVector LOW_PAIRS = pairs(1, 0);
  private static final IntVector HIGH_PAIRS = pairs(1, 2);
  private static final IntVector LOW_HALVES = halves(1, 0);
  private static final IntVector HIGH_HALVES = halves(1, 2);
  private static final IntVector LOW_QUARTER_PAIRS = pairs(FOUR, 0);
  private static final IntVector HIGH_QUARTER_PAIRS = pairs(FOUR, 2);
  private static final IntVector LOW_QUARTER_HALVES = halves(FOUR, 0);
  private static final IntVector HIGH_QUARTER_HALVES = halves(FOUR, 2);

  private Turning() {}

  /** Of each four units: {@code a0 b0 a1 b1}, if the first is 0, or {@code a2 b2 a3 b3}. */
  private static IntVector pairs(int unit, int first) {
    return lanes(unit, new int[] {first, first + FOUR, first + 1, first + 1 + FOUR});
  }

  /** Of each four units: {@code a0 a1 b0 b1} or {@code a2 a3 b2 b3}. */
  private static IntVector halves(int unit, int first) {
    return lanes(unit, new int[] {first, first + 1, first + FOUR, first + 1 + FOUR});
  }

  /** In each group of four units, the unit at i is that of this number, the second's from 4. */
  private static IntVector lanes(int unit, int[] units) {
    int[] numbers = new int[LANES];
    Arrays.setAll(
        numbers,
        lane -> {
          int group = lane / (FOUR * unit) * FOUR * unit;
          int chosen = units[(lane - group) / unit];
          return chosen / FOUR * LANES + group + chosen % FOUR * unit + lane % unit;
        });
    return IntVector.fromArray(IntVector.SPECIES_PREFERRED, numbers, 0);
  }

  /** {@code out[to + j * toColumn + i] = x[from + i * fromRow + j]} for i and j below 16. */
  static void turn(float[] x, int from, int fromRow, float[] out, int to, int toColumn) {
    for (int i = 0; i < FOUR; i++) {
      turnElements(x, from + FOUR * i * fromRow, fromRow, out, to + FOUR * i * toColumn, toColumn);
    }
    for (int i = 0; i < FOUR; i++) {
      turnQuarters(out, to + i * toColumn, FOUR * toColumn);
    }
  }

  /** Quarter q of column c of the four rows becomes quarter q of vector c. */
  private static void turnElements(
      float[] x, int from, int fromRow, float[] out, int to, int toRow) {
    IntVector a = load(x, from);
    IntVector b = load(x, from + fromRow);
    IntVector c = load(x, from + 2 * fromRow);
    IntVector d = load(x, from + 3 * fromRow);
    IntVector ab = LOW_PAIRS.selectFrom(a, b);
    IntVector cd = LOW_PAIRS.selectFrom(c, d);
    store(LOW_HALVES.selectFrom(ab, cd), out, to);
    store(HIGH_HALVES.selectFrom(ab, cd), out, to + toRow);
    ab = HIGH_PAIRS.selectFrom(a, b);
    cd = HIGH_PAIRS.selectFrom(c, d);
    store(LOW_HALVES.selectFrom(ab, cd), out, to + 2 * toRow);
    store(HIGH_HALVES.selectFrom(ab, cd), out, to + 3 * toRow);
  }

  /** The same with quarters for elements, in place. */
  private static void turnQuarters(float[] x, int at, int row) {
    IntVector a = load(x, at);
    IntVector b = load(x, at + row);
    IntVector c = load(x, at + 2 * row);
    IntVector d = load(x, at + 3 * row);
    IntVector ab = LOW_QUARTER_PAIRS.selectFrom(a, b);
    IntVector cd = LOW_QUARTER_PAIRS.selectFrom(c, d);
    store(LOW_QUARTER_HALVES.selectFrom(ab, cd), x, at);
    store(HIGH_QUARTER_HALVES.selectFrom(ab, cd), x, at + row);
    ab = HIGH_QUARTER_PAIRS.selectFrom(a, b);
    cd = HIGH_QUARTER_PAIRS.selectFrom(c, d);
    store(LOW_QUARTER_HALVES.selectFrom(ab, cd), x, at + 2 * row);
    store(HIGH_QUARTER_HALVES.selectFrom(ab, cd), x, at + 3 * row);
  }

  private static IntVector load(float[] x, int at) {
    return FloatVector.fromArray(SPECIES, x, at).reinterpretAsInts();
  }

  private static void store(IntVector x, float[] out, int at) {
    x.reinterpretAsFloats().intoArray(out, at);
  }
}
