package org.lawu.internal.kernel.vector;

import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.lawu.internal.kernel.Matrix;

/**
 * One row of C, which stays in the first-level cache, while B streams by row after row: a product
 * of a vector with a matrix is as fast as memory.
 */
final class RowUpdate {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private RowUpdate() {}

  /** {@code c[j] += sum over p of a[p] b[p, j]} for the columns {@code from..to-1}. */
  static void add(
      int from, int to, int k, float[] a, int aAt, int aStep, Matrix b, float[] c, int cAt) {
    int n = to - from;
    int p = 0;
    for (; p <= k - 4; p += 4) {
      four(
          a[aAt + p * aStep],
          a[aAt + (p + 1) * aStep],
          a[aAt + (p + 2) * aStep],
          a[aAt + (p + 3) * aStep],
          b.data,
          b.index(p, from),
          b.rowStep,
          c,
          cAt + from,
          n);
    }
    for (; p < k; p++) {
      one(a[aAt + p * aStep], b.data, b.index(p, from), c, cAt + from, n);
    }
  }

  private static void four(
      float a0,
      float a1,
      float a2,
      float a3,
      float[] b,
      int bAt,
      int bRow,
      float[] c,
      int cAt,
      int n) {
    FloatVector v0 = FloatVector.broadcast(SPECIES, a0);
    FloatVector v1 = FloatVector.broadcast(SPECIES, a1);
    FloatVector v2 = FloatVector.broadcast(SPECIES, a2);
    FloatVector v3 = FloatVector.broadcast(SPECIES, a3);
    int b1 = bAt + bRow;
    int b2 = b1 + bRow;
    int b3 = b2 + bRow;
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector even = v0.fma(fromArray(SPECIES, b, bAt + j), fromArray(SPECIES, c, cAt + j));
      FloatVector odd = v1.mul(fromArray(SPECIES, b, b1 + j));
      even = v2.fma(fromArray(SPECIES, b, b2 + j), even);
      odd = v3.fma(fromArray(SPECIES, b, b3 + j), odd);
      even.add(odd).intoArray(c, cAt + j);
    }
    for (; j < n; j++) {
      c[cAt + j] += (a0 * b[bAt + j] + a2 * b[b2 + j]) + (a1 * b[b1 + j] + a3 * b[b3 + j]);
    }
  }

  private static void one(float a, float[] b, int bAt, float[] c, int cAt, int n) {
    FloatVector v = FloatVector.broadcast(SPECIES, a);
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      v.fma(fromArray(SPECIES, b, bAt + j), fromArray(SPECIES, c, cAt + j)).intoArray(c, cAt + j);
    }
    for (; j < n; j++) {
      c[cAt + j] += a * b[bAt + j];
    }
  }
}
