package org.lawu.internal.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Reductions of rows to a row, for a whole number of vectors of columns. */
final class VectorRows {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private VectorRows() {}

  private static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(SPECIES, x, at);
  }

  /** Four vectors of columns at a time, then one. */
  static void sum(float[] x, int xAt, int rows, int rowStep, int columns, float[] out, int outAt) {
    int c = 0;
    for (; c <= columns - 4 * LANES; c += 4 * LANES) {
      sumFour(x, xAt + c, rows, rowStep, out, outAt + c);
    }
    for (; c < columns; c += LANES) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int r = 0, i = xAt + c; r < rows; r++, i += rowStep) {
        sum = load(x, i).add(sum);
      }
      sum.intoArray(out, outAt + c);
    }
  }

  private static void sumFour(float[] x, int xAt, int rows, int rowStep, float[] out, int outAt) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int r = 0, i = xAt; r < rows; r++, i += rowStep) {
      s0 = load(x, i).add(s0);
      s1 = load(x, i + LANES).add(s1);
      s2 = load(x, i + 2 * LANES).add(s2);
      s3 = load(x, i + 3 * LANES).add(s3);
    }
    s0.intoArray(out, outAt);
    s1.intoArray(out, outAt + LANES);
    s2.intoArray(out, outAt + 2 * LANES);
    s3.intoArray(out, outAt + 3 * LANES);
  }

  static void max(float[] x, int xAt, int rows, int rowStep, int columns, float[] out, int outAt) {
    for (int c = 0; c < columns; c += LANES) {
      FloatVector max = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
      for (int r = 0, i = xAt + c; r < rows; r++, i += rowStep) {
        max = load(x, i).max(max);
      }
      max.intoArray(out, outAt + c);
    }
  }

  static void min(float[] x, int xAt, int rows, int rowStep, int columns, float[] out, int outAt) {
    for (int c = 0; c < columns; c += LANES) {
      FloatVector min = FloatVector.broadcast(SPECIES, Float.POSITIVE_INFINITY);
      for (int r = 0, i = xAt + c; r < rows; r++, i += rowStep) {
        min = load(x, i).min(min);
      }
      min.intoArray(out, outAt + c);
    }
  }
}
