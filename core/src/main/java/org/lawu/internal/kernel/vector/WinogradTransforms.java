package org.lawu.internal.kernel.vector;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The one-dimensional transforms of F(4, 3), four outputs of a kernel of three from six products:
 * {@code y = A^T ((G w) * (B^T d))}, after Lavin and Gray, "Fast Algorithms for Convolutional
 * Neural Networks" (2016). In two dimensions each is done along columns, with image columns as
 * lanes, and then along rows, with tiles as lanes; {@link #split} and {@link #merge} go from one to
 * the other.
 *
 * <p>The products are values of polynomials at 0, P, -P, Q, -Q and infinity. P = 5/8 and Q = 3/2
 * lose fewer digits than the usual 1 and 2, because the numbers in the matrices differ less.
 */
final class WinogradTransforms {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private static final VectorShuffle<Float> EVEN = VectorShuffle.makeUnzip(SPECIES, 0);
  private static final VectorShuffle<Float> ODD = VectorShuffle.makeUnzip(SPECIES, 1);
  private static final VectorShuffle<Float> LOW = VectorShuffle.makeZip(SPECIES, 0);
  private static final VectorShuffle<Float> HIGH = VectorShuffle.makeZip(SPECIES, 1);

  private static final float P = 0.625f;
  private static final float Q = 1.5f;
  private static final float PP = P * P;
  private static final float QQ = Q * Q;
  private static final float PPP = PP * P;
  private static final float QQQ = QQ * Q;
  private static final float PPQQ = PP * QQ;
  private static final float SUM = PP + QQ;
  private static final float P_SCALE = 1 / (2 * PP * (PP - QQ));
  private static final float Q_SCALE = 1 / (2 * QQ * (QQ - PP));

  private WinogradTransforms() {}

  /**
   * {@code B^T d}: row i of d begins at the i-th of six places, row j of the result at {@code outAt
   * + j * outStep}. This and all below work in whole vectors, so up to one more than {@code n} asks
   * for.
   */
  static void image(
      float[] x,
      int at0,
      int at1,
      int at2,
      int at3,
      int at4,
      int at5,
      float[] out,
      int outAt,
      int outStep,
      int n) {
    FloatVector p = broadcast(SPECIES, P);
    FloatVector q = broadcast(SPECIES, Q);
    FloatVector pp = broadcast(SPECIES, -PP);
    FloatVector qq = broadcast(SPECIES, -QQ);
    FloatVector sum = broadcast(SPECIES, -SUM);
    FloatVector product = broadcast(SPECIES, PPQQ);
    for (int i = 0; i < n; i += LANES) {
      FloatVector d0 = fromArray(SPECIES, x, at0 + i);
      FloatVector d1 = fromArray(SPECIES, x, at1 + i);
      FloatVector d2 = fromArray(SPECIES, x, at2 + i);
      FloatVector d3 = fromArray(SPECIES, x, at3 + i);
      FloatVector d4 = fromArray(SPECIES, x, at4 + i);
      FloatVector d5 = fromArray(SPECIES, x, at5 + i);
      int to = outAt + i;
      d0.fma(product, d2.fma(sum, d4)).intoArray(out, to);
      FloatVector even = d2.fma(qq, d4);
      FloatVector odd = d1.fma(qq, d3).mul(p);
      even.add(odd).intoArray(out, to + outStep);
      even.sub(odd).intoArray(out, to + 2 * outStep);
      even = d2.fma(pp, d4);
      odd = d1.fma(pp, d3).mul(q);
      even.add(odd).intoArray(out, to + 3 * outStep);
      even.sub(odd).intoArray(out, to + 4 * outStep);
      d1.fma(product, d3.fma(sum, d5)).intoArray(out, to + 5 * outStep);
    }
  }

  /** {@code A^T m}: six rows, {@code step} apart, to four. */
  static void output(float[] x, int at, int step, float[] out, int outAt, int outStep, int n) {
    FloatVector p = broadcast(SPECIES, P);
    FloatVector q = broadcast(SPECIES, Q);
    FloatVector pp = broadcast(SPECIES, PP);
    FloatVector qq = broadcast(SPECIES, QQ);
    FloatVector ppp = broadcast(SPECIES, PPP);
    FloatVector qqq = broadcast(SPECIES, QQQ);
    for (int i = 0; i < n; i += LANES) {
      int from = at + i;
      FloatVector m1 = fromArray(SPECIES, x, from + step);
      FloatVector m2 = fromArray(SPECIES, x, from + 2 * step);
      FloatVector m3 = fromArray(SPECIES, x, from + 3 * step);
      FloatVector m4 = fromArray(SPECIES, x, from + 4 * step);
      FloatVector sum1 = m1.add(m2);
      FloatVector sum2 = m3.add(m4);
      FloatVector difference1 = m1.sub(m2);
      FloatVector difference2 = m3.sub(m4);
      int to = outAt + i;
      fromArray(SPECIES, x, from).add(sum1).add(sum2).intoArray(out, to);
      difference1.fma(p, difference2.mul(q)).intoArray(out, to + outStep);
      sum1.fma(pp, sum2.mul(qq)).intoArray(out, to + 2 * outStep);
      difference1
          .fma(ppp, difference2.fma(qqq, fromArray(SPECIES, x, from + 5 * step)))
          .intoArray(out, to + 3 * outStep);
    }
  }

  /** {@code A g}: four rows, {@code step} apart, to six. */
  static void gradient(float[] x, int at, int step, float[] out, int outAt, int outStep, int n) {
    FloatVector p = broadcast(SPECIES, P);
    FloatVector q = broadcast(SPECIES, Q);
    FloatVector pp = broadcast(SPECIES, PP);
    FloatVector qq = broadcast(SPECIES, QQ);
    FloatVector ppp = broadcast(SPECIES, PPP);
    FloatVector qqq = broadcast(SPECIES, QQQ);
    for (int i = 0; i < n; i += LANES) {
      int from = at + i;
      FloatVector g0 = fromArray(SPECIES, x, from);
      FloatVector g1 = fromArray(SPECIES, x, from + step);
      FloatVector g2 = fromArray(SPECIES, x, from + 2 * step);
      FloatVector g3 = fromArray(SPECIES, x, from + 3 * step);
      int to = outAt + i;
      g0.intoArray(out, to);
      FloatVector even = g2.fma(pp, g0);
      FloatVector odd = g1.fma(p, g3.mul(ppp));
      even.add(odd).intoArray(out, to + outStep);
      even.sub(odd).intoArray(out, to + 2 * outStep);
      even = g2.fma(qq, g0);
      odd = g1.fma(q, g3.mul(qqq));
      even.add(odd).intoArray(out, to + 3 * outStep);
      even.sub(odd).intoArray(out, to + 4 * outStep);
      g3.intoArray(out, to + 5 * outStep);
    }
  }

  /** {@code out[j, i] = x[4 i + j]} for {@code n} i (a multiple of the lanes) and four j. */
  static void split(float[] x, int at, float[] out, int outAt, int outStep, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector a = fromArray(SPECIES, x, at + 4 * i);
      FloatVector b = fromArray(SPECIES, x, at + 4 * i + LANES);
      FloatVector c = fromArray(SPECIES, x, at + 4 * i + 2 * LANES);
      FloatVector d = fromArray(SPECIES, x, at + 4 * i + 3 * LANES);
      FloatVector even1 = a.rearrange(EVEN, b);
      FloatVector even2 = c.rearrange(EVEN, d);
      FloatVector odd1 = a.rearrange(ODD, b);
      FloatVector odd2 = c.rearrange(ODD, d);
      int to = outAt + i;
      even1.rearrange(EVEN, even2).intoArray(out, to);
      odd1.rearrange(EVEN, odd2).intoArray(out, to + outStep);
      even1.rearrange(ODD, even2).intoArray(out, to + 2 * outStep);
      odd1.rearrange(ODD, odd2).intoArray(out, to + 3 * outStep);
    }
  }

  /**
   * The other way, {@code y[4 i + j] = x[j, i]}; of y each {@code row} elements (a power of two, a
   * vector or more) are {@code outStep} apart.
   */
  static void merge(
      float[] x, int at, int step, float[] out, int outAt, int row, int outStep, int n) {
    int bits = Integer.numberOfTrailingZeros(row);
    for (int i = 0; i < n; i += LANES) {
      // Before there are vectors, which a call that is not inlined would have to save.
      int y = 4 * i;
      int to1 = outAt + place(y, row, bits, outStep);
      int to2 = outAt + place(y + LANES, row, bits, outStep);
      int to3 = outAt + place(y + 2 * LANES, row, bits, outStep);
      int to4 = outAt + place(y + 3 * LANES, row, bits, outStep);
      FloatVector x0 = fromArray(SPECIES, x, at + i);
      FloatVector x1 = fromArray(SPECIES, x, at + step + i);
      FloatVector x2 = fromArray(SPECIES, x, at + 2 * step + i);
      FloatVector x3 = fromArray(SPECIES, x, at + 3 * step + i);
      FloatVector low1 = x0.rearrange(LOW, x2);
      FloatVector low2 = x1.rearrange(LOW, x3);
      FloatVector high1 = x0.rearrange(HIGH, x2);
      FloatVector high2 = x1.rearrange(HIGH, x3);
      low1.rearrange(LOW, low2).intoArray(out, to1);
      low1.rearrange(HIGH, low2).intoArray(out, to2);
      high1.rearrange(LOW, high2).intoArray(out, to3);
      high1.rearrange(HIGH, high2).intoArray(out, to4);
    }
  }

  private static int place(int i, int row, int bits, int step) {
    return (i >> bits) * step + (i & (row - 1));
  }

  /**
   * {@code out = max(x + shift, least)}; NaN stays NaN. The last vector may repeat elements: one by
   * one they would take longer, most of all if a branch had to guess which are below.
   */
  static void shift(float[] x, int at, float shift, float least, float[] out, int outAt, int n) {
    if (n < LANES) {
      shiftFew(x, at, shift, least, out, outAt, n);
      return;
    }
    FloatVector add = broadcast(SPECIES, shift);
    FloatVector lowest = broadcast(SPECIES, least);
    for (int i = 0; i < n; i += LANES) {
      int from = Math.min(i, n - LANES);
      FloatVector y = fromArray(SPECIES, x, at + from).add(add);
      y.blend(lowest, y.compare(LT, lowest)).intoArray(out, outAt + from);
    }
  }

  private static void shiftFew(
      float[] x, int at, float shift, float least, float[] out, int outAt, int n) {
    VectorMask<Float> all = SPECIES.indexInRange(0, n);
    FloatVector y = fromArray(SPECIES, x, at, all).add(shift);
    y.blend(least, y.compare(LT, least)).intoArray(out, outAt, all);
  }

  /** {@code G w}: three numbers, {@code step} apart, to six. */
  static void weight(float[] w, int at, int step, float[] out, int outAt, int outStep) {
    float w0 = w[at];
    float w1 = w[at + step];
    float w2 = w[at + 2 * step];
    out[outAt] = w0 / PPQQ;
    float even = (w0 + PP * w2) * P_SCALE;
    float odd = w1 * (P * P_SCALE);
    out[outAt + outStep] = even + odd;
    out[outAt + 2 * outStep] = even - odd;
    even = (w0 + QQ * w2) * Q_SCALE;
    odd = w1 * (Q * Q_SCALE);
    out[outAt + 3 * outStep] = even + odd;
    out[outAt + 4 * outStep] = even - odd;
    out[outAt + 5 * outStep] = w2;
  }

  /** {@code G^T u}: six numbers, {@code step} apart, to three. */
  static void weightGradient(float[] u, int at, int step, float[] out, int outAt, int outStep) {
    float u1 = u[at + step] * P_SCALE;
    float u2 = u[at + 2 * step] * P_SCALE;
    float u3 = u[at + 3 * step] * Q_SCALE;
    float u4 = u[at + 4 * step] * Q_SCALE;
    out[outAt] = u[at] / PPQQ + (u1 + u2) + (u3 + u4);
    out[outAt + outStep] = P * (u1 - u2) + Q * (u3 - u4);
    out[outAt + 2 * outStep] = PP * (u1 + u2) + QQ * (u3 + u4) + u[at + 5 * step];
  }
}
