package org.lawu.internal.kernel.vector;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Reductions of a row to a number. Several vectors run side by side, since one would wait for
 * itself; what is left over after the last whole vector is added one by one.
 */
final class VectorReduce {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /**
   * What is summed in one go, 64 elements in each of four or eight vectors' lanes; longer rows are
   * halved, so that errors grow with the logarithm.
   */
  private static final int BLOCK = 8 * 64 * LANES;

  /**
   * Elements of an array before its first whole cache line of 64 bytes, where the array begins with
   * one, as large ones do: the header takes 16 bytes.
   */
  private static final int TO_LINE = 12;

  private VectorReduce() {}

  private static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(SPECIES, x, at);
  }

  private static int half(int n) {
    return (n / 2 + BLOCK - 1) / BLOCK * BLOCK;
  }

  /** The vectors of a long row begin after {@link #TO_LINE}: sums alone are that fast. */
  static float sum(float[] x, int at, int n) {
    if (n <= BLOCK) {
      return sumOfBlock(x, at, n);
    }
    float sum = 0;
    for (int i = 0; i < TO_LINE; i++) {
      sum += x[at + i];
    }
    return sum + sumOfBlocks(x, at + TO_LINE, n - TO_LINE);
  }

  private static float sumOfBlocks(float[] x, int at, int n) {
    if (n <= BLOCK) {
      return sumOfBlock(x, at, n);
    }
    int half = half(n);
    return sumOfBlocks(x, at, half) + sumOfBlocks(x, at + half, n - half);
  }

  private static float sumOfBlock(float[] x, int at, int n) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    int i = 0;
    for (; i <= n - 8 * LANES; i += 8 * LANES) {
      s0 = load(x, at + i).add(s0);
      s1 = load(x, at + i + LANES).add(s1);
      s2 = load(x, at + i + 2 * LANES).add(s2);
      s3 = load(x, at + i + 3 * LANES).add(s3);
      s4 = load(x, at + i + 4 * LANES).add(s4);
      s5 = load(x, at + i + 5 * LANES).add(s5);
      s6 = load(x, at + i + 6 * LANES).add(s6);
      s7 = load(x, at + i + 7 * LANES).add(s7);
    }
    for (; i <= n - LANES; i += LANES) {
      s0 = load(x, at + i).add(s0);
    }
    FloatVector even = s0.add(s2).add(s4.add(s6));
    FloatVector odd = s1.add(s3).add(s5.add(s7));
    float sum = Lanes.sum(even.add(odd));
    for (; i < n; i++) {
      sum += x[at + i];
    }
    return sum;
  }

  static float sumOfSquares(float shift, float[] x, int at, int n) {
    if (n > BLOCK) {
      int half = half(n);
      return sumOfSquares(shift, x, at, half) + sumOfSquares(shift, x, at + half, n - half);
    }
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i <= n - 4 * LANES; i += 4 * LANES) {
      FloatVector d0 = load(x, at + i).sub(shift);
      FloatVector d1 = load(x, at + i + LANES).sub(shift);
      FloatVector d2 = load(x, at + i + 2 * LANES).sub(shift);
      FloatVector d3 = load(x, at + i + 3 * LANES).sub(shift);
      s0 = d0.fma(d0, s0);
      s1 = d1.fma(d1, s1);
      s2 = d2.fma(d2, s2);
      s3 = d3.fma(d3, s3);
    }
    for (; i <= n - LANES; i += LANES) {
      FloatVector d = load(x, at + i).sub(shift);
      s0 = d.fma(d, s0);
    }
    float sum = Lanes.sum(s0.add(s2).add(s1.add(s3)));
    for (; i < n; i++) {
      float d = x[at + i] - shift;
      sum += d * d;
    }
    return sum;
  }

  static float dot(float[] x, int xAt, float[] y, int yAt, int n) {
    if (n > BLOCK) {
      int half = half(n);
      return dot(x, xAt, y, yAt, half) + dot(x, xAt + half, y, yAt + half, n - half);
    }
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i <= n - 4 * LANES; i += 4 * LANES) {
      s0 = load(x, xAt + i).fma(load(y, yAt + i), s0);
      s1 = load(x, xAt + i + LANES).fma(load(y, yAt + i + LANES), s1);
      s2 = load(x, xAt + i + 2 * LANES).fma(load(y, yAt + i + 2 * LANES), s2);
      s3 = load(x, xAt + i + 3 * LANES).fma(load(y, yAt + i + 3 * LANES), s3);
    }
    for (; i <= n - LANES; i += LANES) {
      s0 = load(x, xAt + i).fma(load(y, yAt + i), s0);
    }
    float sum = Lanes.sum(s0.add(s2).add(s1.add(s3)));
    for (; i < n; i++) {
      sum += x[xAt + i] * y[yAt + i];
    }
    return sum;
  }

  static float max(float[] x, int at, int n) {
    FloatVector m0 = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    FloatVector m1 = m0;
    int i = 0;
    for (; i <= n - 2 * LANES; i += 2 * LANES) {
      m0 = load(x, at + i).max(m0);
      m1 = load(x, at + i + LANES).max(m1);
    }
    float max = m0.max(m1).reduceLanes(MAX);
    for (; i < n; i++) {
      max = Math.max(max, x[at + i]);
    }
    return max;
  }

  static float min(float[] x, int at, int n) {
    FloatVector m0 = FloatVector.broadcast(SPECIES, Float.POSITIVE_INFINITY);
    FloatVector m1 = m0;
    int i = 0;
    for (; i <= n - 2 * LANES; i += 2 * LANES) {
      m0 = load(x, at + i).min(m0);
      m1 = load(x, at + i + LANES).min(m1);
    }
    float min = m0.min(m1).reduceLanes(MIN);
    for (; i < n; i++) {
      min = Math.min(min, x[at + i]);
    }
    return min;
  }

  /** How many elements, a whole number of vectors, come before the vector that holds the value. */
  static int skipTo(float value, float[] x, int at, int n) {
    int i = 0;
    while (i <= n - LANES && !load(x, at + i).compare(EQ, value).anyTrue()) {
      i += LANES;
    }
    return i;
  }
}
