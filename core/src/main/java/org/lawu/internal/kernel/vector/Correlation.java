package org.lawu.internal.kernel.vector;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Sums of a sequence with itself moved by several distances, four vectors at a time. */
final class Correlation {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Elements that are computed at a time. */
  static final int BLOCK = 4 * LANES;

  private Correlation() {}

  /** The elements of whole blocks that hold so many. */
  static int blocks(int n) {
    return Math.ceilDiv(n, BLOCK) * BLOCK;
  }

  /**
   * {@code y[p] = max(start + sum over t of w[t] x[p + offsets[t]], least)} for {@code n} elements,
   * rounded up to whole blocks; NaN stays.
   */
  static void run(
      float[] x,
      int xAt,
      int[] offsets,
      float[] w,
      int wAt,
      float start,
      float least,
      float[] y,
      int yAt,
      int n) {
    for (int p = 0; p < n; p += BLOCK) {
      FloatVector y0 = broadcast(SPECIES, start);
      FloatVector y1 = y0;
      FloatVector y2 = y0;
      FloatVector y3 = y0;
      for (int t = 0; t < offsets.length; t++) {
        FloatVector weight = broadcast(SPECIES, w[wAt + t]);
        int at = xAt + p + offsets[t];
        y0 = weight.fma(fromArray(SPECIES, x, at), y0);
        y1 = weight.fma(fromArray(SPECIES, x, at + LANES), y1);
        y2 = weight.fma(fromArray(SPECIES, x, at + 2 * LANES), y2);
        y3 = weight.fma(fromArray(SPECIES, x, at + 3 * LANES), y3);
      }
      int to = yAt + p;
      y0.blend(least, y0.compare(VectorOperators.LT, least)).intoArray(y, to);
      y1.blend(least, y1.compare(VectorOperators.LT, least)).intoArray(y, to + LANES);
      y2.blend(least, y2.compare(VectorOperators.LT, least)).intoArray(y, to + 2 * LANES);
      y3.blend(least, y3.compare(VectorOperators.LT, least)).intoArray(y, to + 3 * LANES);
    }
  }

  /** {@code sum over p of x[xAt + p] y[yAt + p]} for {@code n} elements, rounded up to blocks. */
  static float dot(float[] x, int xAt, float[] y, int yAt, int n) {
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = sum0;
    FloatVector sum2 = sum0;
    FloatVector sum3 = sum0;
    for (int p = 0; p < n; p += BLOCK) {
      int i = xAt + p;
      int j = yAt + p;
      sum0 = fromArray(SPECIES, x, i).fma(fromArray(SPECIES, y, j), sum0);
      sum1 = fromArray(SPECIES, x, i + LANES).fma(fromArray(SPECIES, y, j + LANES), sum1);
      sum2 = fromArray(SPECIES, x, i + 2 * LANES).fma(fromArray(SPECIES, y, j + 2 * LANES), sum2);
      sum3 = fromArray(SPECIES, x, i + 3 * LANES).fma(fromArray(SPECIES, y, j + 3 * LANES), sum3);
    }
    return Lanes.sum(sum0.add(sum1).add(sum2.add(sum3)));
  }
}
