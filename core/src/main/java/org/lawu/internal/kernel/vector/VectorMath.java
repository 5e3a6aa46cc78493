package org.lawu.internal.kernel.vector;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transcendental functions of a vector of floats, to about two units in the last place. The
 * polynomials are Chebyshev fits to the function named beside them, on the range left by the usual
 * reduction of the argument (Muller, Elementary Functions, chapter 11).
 *
 * <p>Results below {@link Float#MIN_NORMAL} become 0, since subnormal numbers slow down whatever
 * computes with them.
 *
 * <p>The methods are small because the JIT compiler must inline them: a vector that passes through
 * a real call becomes an object on the heap, which is a hundred times slower. Minima and maxima are
 * comparisons with a blend, which let a NaN pass and take fewer instructions than {@code min}.
 */
final class VectorMath {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private static final float LOG2_E = 1.44269504f;
  // ln 2 in two parts; the product of the first with an integer up to 2^15 is exact.
  static final float LN2_HIGH = 0.693359375f;
  static final float LN2_LOW = -2.12194440e-4f;
  static final float LN2 = 0.69314718f; // to 2e-9

  /** {@code 1.5 * 2^23}: adding it rounds to an integer, which shows in the low bits of the sum. */
  static final float ROUNDER = 0x1.8p23f;

  /** With the bias of the exponent field on top. */
  private static final float BIASED_ROUNDER = ROUNDER + 127;

  /** The logarithms of {@link Float#MAX_VALUE} and of {@link Float#MIN_NORMAL}. */
  private static final float EXP_MAX = 88.72283f;

  private static final float EXP_MIN = -87.33654f;

  private static final int SIGN = 0x8000_0000;
  private static final float SQRT_HALF = 0.70710678f;

  /** From a little beyond, {@code e^(-t^2 / 2)} is subnormal. */
  private static final float TAIL_LIMIT = 13.2f;

  /** Where {@code -t^2 / 2} is {@code -127 ln 2}: the float with that exponent field is 0. */
  private static final float NOWHERE = 13.268737f;

  private static final float TANH_LIMIT = 10;
  private static final float SIGMOID_LIMIT = 87;
  private static final float INV_SQRT_2PI = 0.39894228f;
  private static final float SQRT_2_OVER_PI = 0.79788456f;
  private static final float GELU_CUBIC = 0.044715f;

  private VectorMath() {}

  /** {@code e^x}. */
  static FloatVector exp(FloatVector x) {
    return TableExp.FITS ? TableExp.exp(x) : expByPolynomial(x);
  }

  /** {@code e^x} for {@code |x| <= 87.3}. */
  private static FloatVector expWithinRange(FloatVector x) {
    return TableExp.FITS ? TableExp.expWithinRange(x) : expByPolynomial(x);
  }

  /** {@code e^x = 2^n e^r} with {@code n} the integer nearest to {@code x / ln 2}. */
  static FloatVector expByPolynomial(FloatVector x) {
    FloatVector shifted = x.fma(LOG2_E, ROUNDER);
    FloatVector y = scale(expReduced(remainder(x, shifted.sub(ROUNDER))), shifted);
    // Where x is too large or NaN, so is the sum with infinity.
    return x.add(Float.POSITIVE_INFINITY)
        .blend(y, x.compare(LE, EXP_MAX))
        .blend(0f, x.compare(LT, EXP_MIN));
  }

  /**
   * {@code e^x} for an {@code x <= 0}, or NaN, that is the rounded difference of two numbers: with
   * ln 2 in one part the error is {@code 3e-9 |x|}, a tenth of what the rounding may have made.
   */
  static FloatVector expOfDifference(FloatVector x) {
    FloatVector y = TableExp.FITS ? TableExp.expOfDifference(x) : differenceByPolynomial(x);
    return y.blend(0f, x.compare(LT, EXP_MIN));
  }

  private static FloatVector differenceByPolynomial(FloatVector x) {
    FloatVector biased = x.fma(LOG2_E, BIASED_ROUNDER);
    FloatVector n = biased.sub(BIASED_ROUNDER);
    return expReduced(n.fma(broadcast(SPECIES, -LN2), x)).mul(power(biased));
  }

  /**
   * {@code 2^n y} with n in the low bits of {@code shifted}: adding to the exponent field
   * multiplies; a product would overflow for n = 128.
   */
  private static FloatVector scale(FloatVector y, FloatVector shifted) {
    return y.reinterpretAsInts()
        .add(shifted.reinterpretAsInts().lanewise(LSHL, 23))
        .reinterpretAsFloats();
  }

  /** {@code x - n ln 2}. */
  private static FloatVector remainder(FloatVector x, FloatVector n) {
    return n.fma(broadcast(SPECIES, -LN2_LOW), n.fma(broadcast(SPECIES, -LN2_HIGH), x));
  }

  /** {@code e^r = 1 + r (1 + r P(r))} for {@code |r| <= ln(2) / 2}. */
  private static FloatVector expReduced(FloatVector r) {
    FloatVector one = broadcast(SPECIES, 1f);
    return expTail(r).fma(r, one).fma(r, one);
  }

  /** {@code e^r - 1 = r + r^2 P(r)} for {@code |r| <= ln(2) / 2}. */
  private static FloatVector expm1Reduced(FloatVector r) {
    return r.mul(r).fma(expTail(r), r);
  }

  /** {@code P(r) = (e^r - 1 - r) / r^2}. */
  private static FloatVector expTail(FloatVector r) {
    FloatVector p = r.fma(broadcast(SPECIES, 1.3900427e-3f), broadcast(SPECIES, 8.366112e-3f));
    p = p.fma(r, broadcast(SPECIES, 4.1666828e-2f));
    p = p.fma(r, broadcast(SPECIES, 1.6666548e-1f));
    return p.fma(r, broadcast(SPECIES, 0.5f));
  }

  /** {@code tanh |x| = -e / (e + 2)} with {@code e = e^(-2|x|) - 1}; then the sign of x. */
  static FloatVector tanh(FloatVector x) {
    FloatVector z = finite(x.reinterpretAsInts().or(SIGN).reinterpretAsFloats(), -TANH_LIMIT);
    z = z.add(z);
    FloatVector biased = z.fma(LOG2_E, BIASED_ROUNDER);
    FloatVector n = biased.sub(BIASED_ROUNDER);
    FloatVector q = expm1Reduced(n.fma(broadcast(SPECIES, -LN2), z)); // n > -30: ln 2 in one part
    FloatVector scale = power(biased);
    FloatVector e = scale.fma(q, scale.sub(1f));
    // Not from e, so that its rounding error counts but once.
    FloatVector t = e.div(scale.fma(q, scale.add(1f)));
    IntVector sign = x.reinterpretAsInts().and(SIGN);
    return t.reinterpretAsInts().and(~SIGN).or(sign).reinterpretAsFloats();
  }

  /** {@code 1 / (1 + e^-x)}, the sum being {@code (2^n (e^r - 1) + 1) + 2^n}. */
  static FloatVector sigmoid(FloatVector x) {
    FloatVector z = between(x, -EXP_MIN).neg();
    FloatVector biased = z.fma(LOG2_E, BIASED_ROUNDER);
    FloatVector scale = power(biased);
    FloatVector one = broadcast(SPECIES, 1f);
    FloatVector q = expm1Reduced(remainder(z, biased.sub(BIASED_ROUNDER)));
    FloatVector sum = scale.fma(q, one).add(scale);
    return one.div(sum).blend(0f, x.compare(LT, EXP_MIN));
  }

  /** {@code 2^n} for {@code -126 <= n <= 127}, with n + 127 in the low bits. */
  private static FloatVector power(FloatVector biased) {
    return biased.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
  }

  /** {@code ln x = e ln 2 + ln(1 + f)} with {@code sqrt(1/2) <= 1 + f < sqrt(2)}. */
  static FloatVector log(FloatVector x) {
    // A subnormal number is scaled by 2^23 first.
    FloatVector y = x.blend(x.mul(0x1p23f), x.compare(LT, Float.MIN_NORMAL));
    FloatVector shift = broadcast(SPECIES, 0f).blend(-23f, x.compare(LT, Float.MIN_NORMAL));
    IntVector bits = y.reinterpretAsInts();
    IntVector exponent = bits.sub(Float.floatToRawIntBits(SQRT_HALF)).lanewise(ASHR, 23);
    FloatVector f = bits.sub(exponent.lanewise(LSHL, 23)).reinterpretAsFloats().sub(1f);
    FloatVector e = ((FloatVector) exponent.convertShape(I2F, SPECIES, 0)).add(shift);
    FloatVector result = e.fma(broadcast(SPECIES, LN2_HIGH), log1pReduced(f, e.mul(LN2_LOW)));
    return x.blend(result, x.compare(LT, Float.POSITIVE_INFINITY))
        .blend(Float.NaN, x.compare(LT, 0f))
        .blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f));
  }

  /** {@code low + ln(1 + f)}, where {@code ln(1 + f) = f - f^2 / 2 + f^3 P(f)}. */
  private static FloatVector log1pReduced(FloatVector f, FloatVector low) {
    FloatVector p = f.fma(broadcast(SPECIES, 6.971611e-2f), broadcast(SPECIES, -1.1479734e-1f));
    p = p.fma(f, broadcast(SPECIES, 1.1685420e-1f));
    p = p.fma(f, broadcast(SPECIES, -1.2425687e-1f));
    p = p.fma(f, broadcast(SPECIES, 1.4249058e-1f));
    p = p.fma(f, broadcast(SPECIES, -1.6667802e-1f));
    p = p.fma(f, broadcast(SPECIES, 2.0000716e-1f));
    p = p.fma(f, broadcast(SPECIES, -2.4999997e-1f));
    p = p.fma(f, broadcast(SPECIES, 3.3333331e-1f));
    FloatVector square = f.mul(f);
    FloatVector tail = square.mul(f).fma(p, low);
    return f.add(square.fma(broadcast(SPECIES, -0.5f), tail));
  }

  /**
   * {@code max(x, 0) + log1p(u)} with {@code u = e^-|x|}, where {@code log1p(u) = 2 atanh(z)} with
   * {@code z = u / (2 + u) <= 1/3}.
   */
  static FloatVector softplus(FloatVector x) {
    FloatVector t = x.abs().neg();
    FloatVector u = expWithinRange(t).blend(0f, t.compare(LT, EXP_MIN));
    FloatVector z = u.div(u.add(2f));
    FloatVector square = z.mul(z);
    FloatVector p = square.fma(broadcast(SPECIES, 0.14078890f), broadcast(SPECIES, 0.13982579f));
    p = p.fma(square, broadcast(SPECIES, 0.20012298f));
    p = p.fma(square, broadcast(SPECIES, 0.33333161f));
    p = p.fma(square, broadcast(SPECIES, 1f));
    return z.add(z).fma(p, positive(x));
  }

  /** {@code max(x, 0)}, or NaN. */
  static FloatVector positive(FloatVector x) {
    return x.blend(0f, x.compare(LT, 0f));
  }

  /** {@code x Phi(x) = max(x, 0) - |x| Q(|x|)}, which keeps its digits in the left tail. */
  static FloatVector gelu(FloatVector x) {
    FloatVector positive = positive(x);
    if (TableTail.FITS) {
      FloatVector t = x.abs();
      FloatVector y = t.fma(TableTail.minusTail(t), positive);
      return positive.blend(y, t.compare(LE, TableTail.LIMIT));
    }
    FloatVector t = magnitude(x);
    return t.fma(minusTail(t, density(t)), positive);
  }

  /** {@code Phi(x) + x phi(x)}, which is 1 less its own value at -x. */
  static FloatVector geluDerivative(FloatVector x) {
    FloatVector t = magnitude(x);
    FloatVector density = density(t);
    FloatVector scaled = density.mul(INV_SQRT_2PI);
    FloatVector right = t.fma(scaled, minusTail(t, density)); // less 1
    return right.neg().blend(right.add(1f), x.compare(GT, 0f));
  }

  /** {@code |x|}, or where the density is as good as 0 a number where it is 0. */
  private static FloatVector magnitude(FloatVector x) {
    FloatVector t = x.abs();
    return t.blend(NOWHERE, t.compare(GT, TAIL_LIMIT));
  }

  /** {@code e^(-t^2 / 2)} for {@code 0 <= t <= TAIL_LIMIT}, and 0 for {@link #NOWHERE}. */
  private static FloatVector density(FloatVector t) {
    return TableExp.FITS ? TableExp.density(t) : densityByPolynomial(t);
  }

  /**
   * The square is multiplied out where {@code n ln 2} is taken from it, so that its rounding error
   * does not count.
   */
  private static FloatVector densityByPolynomial(FloatVector t) {
    FloatVector half = t.mul(-0.5f);
    FloatVector biased = half.mul(t).fma(LOG2_E, BIASED_ROUNDER);
    FloatVector n = biased.sub(BIASED_ROUNDER);
    FloatVector r = n.fma(broadcast(SPECIES, -LN2_LOW), half.fma(t, n.mul(-LN2_HIGH)));
    return expReduced(r).mul(power(biased));
  }

  /**
   * The tail of the normal distribution times -1, {@code -Q(t) = -Phi(-t) = e^(-t^2 / 2) P(u)},
   * {@code u = 1 / (1 + 0.228 t)}; the form is that of Abramowitz and Stegun 7.1.26, and among such
   * u a polynomial of this degree comes nearest with this one.
   */
  private static FloatVector minusTail(FloatVector t, FloatVector density) {
    FloatVector u =
        broadcast(SPECIES, 1f).div(t.fma(broadcast(SPECIES, 0.228f), broadcast(SPECIES, 1f)));
    FloatVector s = u.sub(0.5f); // exact, and centred: no cancellation between the terms
    FloatVector p = s.fma(broadcast(SPECIES, 8.497498e-2f), broadcast(SPECIES, 1.1080882e-2f));
    p = p.fma(s, broadcast(SPECIES, -2.097857e-1f));
    p = p.fma(s, broadcast(SPECIES, -4.6108484e-1f));
    p = p.fma(s, broadcast(SPECIES, -6.1611056e-1f));
    p = p.fma(s, broadcast(SPECIES, -6.1318725e-1f));
    p = p.fma(s, broadcast(SPECIES, -4.867874e-1f));
    p = p.fma(s, broadcast(SPECIES, -3.1810966e-1f));
    p = p.fma(s, broadcast(SPECIES, -8.6824685e-2f));
    return density.mul(p);
  }

  /** {@code x sigmoid(x)}; 0, its limit, at negative infinity. */
  static FloatVector silu(FloatVector x) {
    return finite(x, EXP_MIN - 2).mul(sigmoid(x));
  }

  /** {@code s (1 + x (1 - s))} with {@code s = sigmoid(x)}. */
  static FloatVector siluDerivative(FloatVector x) {
    FloatVector t = between(x, SIGMOID_LIMIT);
    FloatVector e = expWithinRange(t.neg());
    FloatVector s = broadcast(SPECIES, 1f).div(e.add(1f));
    // 1 - s = e s, without cancellation
    return t.mul(e.mul(s)).fma(s, s);
  }

  private static FloatVector between(FloatVector x, float limit) {
    return finite(x, -limit).blend(limit, x.compare(GT, limit));
  }

  private static FloatVector finite(FloatVector x, float limit) {
    return x.blend(limit, x.compare(LT, limit));
  }

  /** {@code x (1 + tanh u) / 2 = x sigmoid(2u)} with {@code u = sqrt(2/pi) (x + 0.044715 x^3)}. */
  static FloatVector geluTanh(FloatVector x) {
    FloatVector t = finite(x, -TANH_LIMIT);
    FloatVector cubic = t.mul(t).fma(broadcast(SPECIES, GELU_CUBIC), broadcast(SPECIES, 1f));
    return t.mul(sigmoid(t.mul(2 * SQRT_2_OVER_PI).mul(cubic)));
  }

  /** {@code s + 2 x s (1 - s) u'} with {@code s = sigmoid(2u)}. */
  static FloatVector geluTanhDerivative(FloatVector x) {
    FloatVector t = between(x, TANH_LIMIT).mul(2 * SQRT_2_OVER_PI);
    FloatVector square = t.mul(t).mul(GELU_CUBIC / (4 * SQRT_2_OVER_PI * SQRT_2_OVER_PI));
    FloatVector e = expWithinRange(t.mul(square.add(1f)).neg());
    FloatVector s = broadcast(SPECIES, 1f).div(e.add(1f));
    FloatVector slope = t.mul(square.fma(broadcast(SPECIES, 3f), broadcast(SPECIES, 1f)));
    return slope.mul(e.mul(s)).fma(s, s);
  }
}
