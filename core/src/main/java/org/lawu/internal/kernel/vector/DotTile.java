package org.lawu.internal.kernel.vector;

import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The product of a few rows with a matrix whose columns are contiguous, {@code C = A B'} with B' a
 * weight matrix as layers store it: every element of C is a dot product along k, and nothing needs
 * to be packed.
 */
final class DotTile {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private DotTile() {}

  /** Columns {@code from..to-1} of row {@code i} of C, four at a time. */
  static void row(
      int from,
      int to,
      int k,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int bColumn,
      float[] c,
      int cAt,
      int cColumn,
      boolean accumulate) {
    int j = from;
    for (; j <= to - 4; j += 4) {
      four(k, a, aAt, b, bAt + j * bColumn, bColumn, c, cAt + j * cColumn, cColumn, accumulate);
    }
    for (; j < to; j++) {
      float dot = VectorReduce.dot(a, aAt, b, bAt + j * bColumn, k);
      c[cAt + j * cColumn] = accumulate ? c[cAt + j * cColumn] + dot : dot;
    }
  }

  private static void four(
      int k,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int bColumn,
      float[] c,
      int cAt,
      int cColumn,
      boolean accumulate) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int whole = SPECIES.loopBound(k);
    for (int p = 0; p < whole; p += LANES) {
      FloatVector x = fromArray(SPECIES, a, aAt + p);
      s0 = x.fma(fromArray(SPECIES, b, bAt + p), s0);
      s1 = x.fma(fromArray(SPECIES, b, bAt + bColumn + p), s1);
      s2 = x.fma(fromArray(SPECIES, b, bAt + 2 * bColumn + p), s2);
      s3 = x.fma(fromArray(SPECIES, b, bAt + 3 * bColumn + p), s3);
    }
    float t0 = Lanes.sum(s0);
    float t1 = Lanes.sum(s1);
    float t2 = Lanes.sum(s2);
    float t3 = Lanes.sum(s3);
    for (int p = whole; p < k; p++) {
      float x = a[aAt + p];
      t0 += x * b[bAt + p];
      t1 += x * b[bAt + bColumn + p];
      t2 += x * b[bAt + 2 * bColumn + p];
      t3 += x * b[bAt + 3 * bColumn + p];
    }
    if (accumulate) {
      t0 += c[cAt];
      t1 += c[cAt + cColumn];
      t2 += c[cAt + 2 * cColumn];
      t3 += c[cAt + 3 * cColumn];
    }
    c[cAt] = t0;
    c[cAt + cColumn] = t1;
    c[cAt + 2 * cColumn] = t2;
    c[cAt + 3 * cColumn] = t3;
  }
}
