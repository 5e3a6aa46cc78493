package org.lawu.internal.kernel.vector;

import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.lawu.internal.kernel.Matrix;

/**
 * Fifteen dot products of three rows of A with five columns of B, both contiguous along k: for so
 * few columns of C that its rows fill no vector. The sums within each of the fifteen vectors are
 * formed for all together, in the order of {@link Lanes#sum}: half of one beside half of another,
 * added to the other halves of both, then quarters of two such, and so on.
 */
final class DotBlock {

  /** Columns of two blocks; more are better done in tiles. */
  private static final int MOST_COLUMNS = 10;

  /** Steps along k that outweigh summing the lanes of the fifteen vectors. */
  private static final int LEAST_STEPS = 512;

  /** Rows of a block. */
  static final int ROWS = 3;

  private static final int COLUMNS = 5;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Whether there are registers for all of them, and the sums of fifteen vectors fit one. */
  private static final boolean FITS = LANES == 16;

  // Of two vectors, in integers as in Turning.
  private static final IntVector LOW_8 = parts(8, 0);
  private static final IntVector HIGH_8 = parts(8, 1);
  private static final IntVector LOW_4 = parts(4, 0);
  private static final IntVector HIGH_4 = parts(4, 1);
  private static final IntVector LOW_2 = parts(2, 0);
  private static final IntVector HIGH_2 = parts(2, 1);
  private static final IntVector LOW_1 = parts(1, 0);
  private static final IntVector HIGH_1 = parts(1, 1);

  private DotBlock() {}

  /** Whether blocks are sooner done with such a product than tiles. */
  static boolean pays(int m, int n, int k) {
    return FITS && m >= ROWS && n <= MOST_COLUMNS && k >= LEAST_STEPS;
  }

  /** The even parts of so many lanes of the first vector, then of the second; or the odd ones. */
  private static IntVector parts(int size, int odd) {
    int[] numbers = new int[LANES];
    Arrays.setAll(numbers, i -> i / size * 2 * size + odd * size + i % size);
    return IntVector.fromArray(IntVector.SPECIES_PREFERRED, numbers, 0);
  }

  /** The rows {@code from..to-1} of {@code C = S + A B}, C having {@code n} columns. */
  static void rows(int from, int to, int n, int k, Matrix a, Matrix b, Matrix start, Matrix c) {
    float[] lanes = new float[LANES * LANES];
    float[] sums = new float[LANES];
    int whole = SPECIES.loopBound(k);
    for (int i = from; i < to; i += ROWS) {
      int rows = Math.min(ROWS, to - i);
      for (int j = 0; j < n; j += COLUMNS) {
        int columns = Math.min(COLUMNS, n - j);
        multiply(
            whole,
            a.data,
            a.index(i, 0),
            a.index(i + Math.min(1, rows - 1), 0),
            a.index(i + rows - 1, 0),
            b.data,
            b.index(0, j),
            b.index(0, j + Math.min(1, columns - 1)),
            b.index(0, j + Math.min(2, columns - 1)),
            b.index(0, j + Math.min(3, columns - 1)),
            b.index(0, j + columns - 1),
            lanes);
        sum(lanes, sums);
        if (whole < k) {
          addRest(sums, whole, k, a.from(i, 0), rows, b.from(0, j), columns);
        }
        write(sums, start.from(i, j), c.from(i, j), rows, columns);
      }
    }
  }

  /** What the last steps, fewer than a vector has lanes, add to the sums. */
  private static void addRest(
      float[] sums, int from, int k, Matrix a, int rows, Matrix b, int columns) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        float sum = sums[i * COLUMNS + j];
        for (int p = from; p < k; p++) {
          sum += a.data[a.index(i, p)] * b.data[b.index(p, j)];
        }
        sums[i * COLUMNS + j] = sum;
      }
    }
  }

  private static void write(float[] sums, Matrix start, Matrix c, int rows, int columns) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        c.data[c.index(i, j)] = start.data[start.index(i, j)] + sums[i * COLUMNS + j];
      }
    }
  }

  /** Fifteen vectors, whose lanes' sums are the products of three rows with five columns. */
  private static void multiply(
      int k,
      float[] a,
      int a0,
      int a1,
      int a2,
      float[] b,
      int b0,
      int b1,
      int b2,
      int b3,
      int b4,
      float[] lanes) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c02 = c00;
    FloatVector c03 = c00;
    FloatVector c04 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c12 = c00;
    FloatVector c13 = c00;
    FloatVector c14 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c22 = c00;
    FloatVector c23 = c00;
    FloatVector c24 = c00;
    for (int p = 0; p < k; p += LANES) {
      FloatVector x0 = fromArray(SPECIES, a, a0 + p);
      FloatVector x1 = fromArray(SPECIES, a, a1 + p);
      FloatVector x2 = fromArray(SPECIES, a, a2 + p);
      FloatVector y = fromArray(SPECIES, b, b0 + p);
      c00 = x0.fma(y, c00);
      c10 = x1.fma(y, c10);
      c20 = x2.fma(y, c20);
      y = fromArray(SPECIES, b, b1 + p);
      c01 = x0.fma(y, c01);
      c11 = x1.fma(y, c11);
      c21 = x2.fma(y, c21);
      y = fromArray(SPECIES, b, b2 + p);
      c02 = x0.fma(y, c02);
      c12 = x1.fma(y, c12);
      c22 = x2.fma(y, c22);
      y = fromArray(SPECIES, b, b3 + p);
      c03 = x0.fma(y, c03);
      c13 = x1.fma(y, c13);
      c23 = x2.fma(y, c23);
      y = fromArray(SPECIES, b, b4 + p);
      c04 = x0.fma(y, c04);
      c14 = x1.fma(y, c14);
      c24 = x2.fma(y, c24);
    }
    c00.intoArray(lanes, 0);
    c01.intoArray(lanes, LANES);
    c02.intoArray(lanes, 2 * LANES);
    c03.intoArray(lanes, 3 * LANES);
    c04.intoArray(lanes, 4 * LANES);
    c10.intoArray(lanes, 5 * LANES);
    c11.intoArray(lanes, 6 * LANES);
    c12.intoArray(lanes, 7 * LANES);
    c13.intoArray(lanes, 8 * LANES);
    c14.intoArray(lanes, 9 * LANES);
    c20.intoArray(lanes, 10 * LANES);
    c21.intoArray(lanes, 11 * LANES);
    c22.intoArray(lanes, 12 * LANES);
    c23.intoArray(lanes, 13 * LANES);
    c24.intoArray(lanes, 14 * LANES);
  }

  /** The sums of 16 vectors' lanes; a method of its own, or the JIT compiler finds it too long. */
  private static void sum(float[] lanes, float[] sums) {
    FloatVector low = join(LOW_2, HIGH_2, four(lanes, 0), four(lanes, 4 * LANES));
    FloatVector high = join(LOW_2, HIGH_2, four(lanes, 8 * LANES), four(lanes, 12 * LANES));
    join(LOW_1, HIGH_1, low, high).intoArray(sums, 0);
  }

  private static FloatVector four(float[] lanes, int at) {
    FloatVector low = two(lanes, at);
    FloatVector high = two(lanes, at + 2 * LANES);
    return join(LOW_4, HIGH_4, low, high);
  }

  private static FloatVector two(float[] lanes, int at) {
    FloatVector low = fromArray(SPECIES, lanes, at);
    FloatVector high = fromArray(SPECIES, lanes, at + LANES);
    return join(LOW_8, HIGH_8, low, high);
  }

  /** Parts of two vectors, and what lies above them added. */
  private static FloatVector join(IntVector low, IntVector high, FloatVector a, FloatVector b) {
    IntVector x = a.reinterpretAsInts();
    IntVector y = b.reinterpretAsInts();
    FloatVector lower = low.selectFrom(x, y).reinterpretAsFloats();
    return lower.add(high.selectFrom(x, y).reinterpretAsFloats());
  }
}
