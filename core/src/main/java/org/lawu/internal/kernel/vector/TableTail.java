package org.lawu.internal.kernel.vector;

import static jdk.incubator.vector.FloatVector.broadcast;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.lawu.internal.kernel.Erf;

/**
 * The tail of the normal distribution as a polynomial of degree nine about the nearest of sixteen
 * centres: where a vector has sixteen lanes, one permutation reads a coefficient for each, which
 * takes less than an exponential and a division.
 *
 * <p>The polynomials are Taylor series that are cut off as in Lanczos, Applied Analysis (1956): a
 * power that is left out is replaced by the polynomial of lower degree that differs from it least,
 * by means of a Chebyshev polynomial.
 */
final class TableTail {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private static final int CENTRES = 16;

  /** Whether a coefficient for all centres is one vector. */
  static final boolean FITS = SPECIES.length() == CENTRES;

  /** Beyond, the tail is less than 1e-9. */
  static final float LIMIT = 6;

  /** From one centre to the next; the first is 0, and the last nearest to all up to the limit. */
  private static final float STEP = LIMIT / (CENTRES - 0.6f);

  private static final int DEGREE = 9;

  /** Of the Taylor series; what follows is nothing in double precision. */
  private static final int TERMS = 20;

  private static final double[][] POLYNOMIALS = polynomials();
  private static final IntVector C0 = coefficients(0);
  private static final IntVector C1 = coefficients(1);
  private static final IntVector C2 = coefficients(2);
  private static final IntVector C3 = coefficients(3);
  private static final IntVector C4 = coefficients(4);
  private static final IntVector C5 = coefficients(5);
  private static final IntVector C6 = coefficients(6);
  private static final IntVector C7 = coefficients(7);
  private static final IntVector C8 = coefficients(8);
  private static final IntVector C9 = coefficients(9);

  private TableTail() {}

  private static double[][] polynomials() {
    double[][] polynomials = new double[FITS ? CENTRES : 0][];
    Arrays.setAll(polynomials, n -> series((double) n * STEP));
    for (int n = TERMS - 1; n > DEGREE; n--) {
      double[] chebyshev = chebyshev(n);
      for (double[] terms : polynomials) {
        replace(n, terms, chebyshev);
      }
    }
    return polynomials;
  }

  private static IntVector coefficients(int power) {
    int[] bits = new int[SPECIES.length()];
    for (int n = 0; n < POLYNOMIALS.length; n++) {
      bits[n] = Float.floatToRawIntBits((float) POLYNOMIALS[n][power]);
    }
    return IntVector.fromArray(IntVector.SPECIES_PREFERRED, bits, 0);
  }

  /** Of the tail times -1, the integral of the density p, by {@code p' = -t p}. */
  private static double[] series(double centre) {
    double[] terms = new double[TERMS];
    terms[0] = -0.5 * (1 - Erf.erf(centre / Math.sqrt(2)));
    double before = 0;
    double p = StrictMath.exp(-0.5 * centre * centre) / Math.sqrt(2 * Math.PI);
    for (int k = 0; k < TERMS - 1; k++) {
      terms[k + 1] = p / (k + 1);
      double next = -(centre * p + before) / (k + 1);
      before = p;
      p = next;
    }
    return terms;
  }

  /** The last term, by lower ones that come nearest to it at all distances up to half a step. */
  private static void replace(int n, double[] terms, double[] chebyshev) {
    double radius = 0.5 * STEP;
    double scale = terms[n] / chebyshev[n];
    for (int i = n - 2; i >= 0; i -= 2) {
      scale *= radius * radius;
      terms[i] -= scale * chebyshev[i];
    }
  }

  /** The coefficients of {@code T_n = 2 x T_(n-1) - T_(n-2)}. */
  private static double[] chebyshev(int n) {
    double[] before = {1};
    double[] t = {0, 1};
    for (int k = 2; k <= n; k++) {
      double[] next = new double[k + 1];
      for (int i = 0; i < k; i++) {
        next[i + 1] += 2 * t[i];
        next[i] -= i < k - 1 ? before[i] : 0;
      }
      before = t;
      t = next;
    }
    return t;
  }

  /** {@code -Q(t) = -Phi(-t)} for {@code 0 <= t <= LIMIT}; anything beyond. */
  static FloatVector minusTail(FloatVector t) {
    FloatVector shifted = t.fma(1 / STEP, VectorMath.ROUNDER);
    FloatVector d = shifted.sub(VectorMath.ROUNDER).fma(broadcast(SPECIES, -STEP), t);
    IntVector n = shifted.reinterpretAsInts();
    FloatVector p = at(n, C9).fma(d, at(n, C8));
    p = p.fma(d, at(n, C7));
    p = p.fma(d, at(n, C6));
    p = p.fma(d, at(n, C5));
    p = p.fma(d, at(n, C4));
    p = p.fma(d, at(n, C3));
    p = p.fma(d, at(n, C2));
    p = p.fma(d, at(n, C1));
    return p.fma(d, at(n, C0));
  }

  private static FloatVector at(IntVector n, IntVector coefficients) {
    return n.selectFrom(coefficients).reinterpretAsFloats();
  }
}
