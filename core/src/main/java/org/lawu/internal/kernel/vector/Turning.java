package org.lawu.internal.kernel.vector;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
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
    return numbers(lane -> {
      int group = lane / (FOUR * unit) * FOUR * unit;
      int chosen = units[(lane - group) / unit];
      return chosen / FOUR * LANES + group + chosen % FOUR * unit + lane % unit;
    });
  }

  private static IntVector numbers(IntUnaryOperator number) {
    int[] numbers = new int[LANES];
    Arrays.setAll(numbers, number);
    return IntVector.fromArray(IntVector.SPECIES_PREFERRED, numbers, 0);
  }

  /**
   * {@code out[to + j * toColumn + i] = x[from + i * fromRow + j]} for whole blocks of sixteen rows
   * and columns, those to the right before those below.
   *
   * <p>One method of more than 325 bytes of code, which C2 does not inline: in a compilation of
   * others there is no room for so many vectors ({@code NodeCountInliningCutoff}), and the last
   * ones became objects.
   */
  static void turn(
      float[] x, int from, int fromRow, float[] out, int to, int toColumn, int rows, int columns) {
    for (int i = 0; i < rows; i += LANES) {
      for (int j = 0; j < columns; j += LANES) {
        int blockFrom = from + i * fromRow + j;
        int blockTo = to + j * toColumn + i;
        // Quarter q of column c of four rows becomes quarter q of vector c.
        for (int n = 0; n < FOUR; n++) {
          int at = blockFrom + FOUR * n * fromRow;
          int outAt = blockTo + FOUR * n * toColumn;
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
        // The same with quarters for elements, in place.
        for (int n = 0; n < FOUR; n++) {
          int at = blockTo + n * toColumn;
          int row = FOUR * toColumn;
          IntVector a = load(out, at);
          IntVector b = load(out, at + row);
          IntVector c = load(out, at + 2 * row);
          IntVector d = load(out, at + 3 * row);
          IntVector ab = LOW_QUARTER_PAIRS.selectFrom(a, b);
          IntVector cd = LOW_QUARTER_PAIRS.selectFrom(c, d);
          store(LOW_QUARTER_HALVES.selectFrom(ab, cd), out, at);
          store(HIGH_QUARTER_HALVES.selectFrom(ab, cd), out, at + row);
          ab = HIGH_QUARTER_PAIRS.selectFrom(a, b);
          cd = HIGH_QUARTER_PAIRS.selectFrom(c, d);
          store(LOW_QUARTER_HALVES.selectFrom(ab, cd), out, at + 2 * row);
          store(HIGH_QUARTER_HALVES.selectFrom(ab, cd), out, at + 3 * row);
        }
      }
    }
  }

  private static IntVector load(float[] x, int at) {
    return FloatVector.fromArray(SPECIES, x, at).reinterpretAsInts();
  }

  private static void store(IntVector x, float[] out, int at) {
    x.reinterpretAsFloats().intoArray(out, at);
  }
}
