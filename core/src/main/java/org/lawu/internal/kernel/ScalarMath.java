package org.lawu.internal.kernel;

/**
 * Transcendental functions for the scalar FLOAT32 kernels: computed in double precision, for
 * arguments that are floats, to rather more than the 24 bits of a float. They have neither branches
 * nor bit tricks nor calls, because that is what the JIT compiler turns into SIMD code: {@code
 * Math.exp} takes three times as long.
 */
final class ScalarMath {

  /** {@code e^-104} is the last to round to zero, {@code e^104} to infinity, as a float. */
  private static final double EXP_LIMIT = 104;

  /** {@code 1 - tanh(20)} is far below what a float can tell from 0. */
  private static final double TANH_LIMIT = 20;

  /** Where the tail of the normal distribution, {@code Q(14.5)}, rounds to zero as a float. */
  private static final double TAIL_LIMIT = 14.5;

  private static final double SQRT_2_OVER_PI = 0.7978845608028654;
  private static final double INV_SQRT_2PI = 0.3989422804014327;
  private static final double GELU_CUBIC = 0.044715;

  private ScalarMath() {}

  /** {@code e^x} by its Taylor series at {@code x / 256}, squared eight times. */
  static double exp(double x) {
    double r = clamp(x, EXP_LIMIT) * (1.0 / 256);
    double y = 1 + r * series(r);
    y *= y;
    y *= y;
    y *= y;
    y *= y;
    y *= y;
    y *= y;
    y *= y;
    y *= y;
    return y;
  }

  /** {@code e^x - 1} in the same way, but for {@code e}: {@code (1 + e)^2 - 1 = e (e + 2)}. */
  private static double expm1(double x) {
    double r = x * (1.0 / 256);
    double e = r * series(r);
    e *= e + 2;
    e *= e + 2;
    e *= e + 2;
    e *= e + 2;
    e *= e + 2;
    e *= e + 2;
    e *= e + 2;
    e *= e + 2;
    return e;
  }

  /** {@code (e^r - 1) / r} for {@code |r| <= 104/256}, with a relative error of 1e-10. */
  private static double series(double r) {
    double p = 1.0 / 362880;
    p = p * r + 1.0 / 40320;
    p = p * r + 1.0 / 5040;
    p = p * r + 1.0 / 720;
    p = p * r + 1.0 / 120;
    p = p * r + 1.0 / 24;
    p = p * r + 1.0 / 6;
    p = p * r + 0.5;
    return p * r + 1;
  }

  private static double clamp(double x, double limit) {
    return Math.max(-limit, Math.min(limit, x));
  }

  /** {@code tanh x = e / (e + 2)} with {@code e = e^2x - 1}, exact for small {@code x} too. */
  static double tanh(double x) {
    double e = expm1(2 * clamp(x, TANH_LIMIT));
    return e / (e + 2);
  }

  static double sigmoid(double x) {
    return 1 / (1 + exp(-x));
  }

  /** {@code x sigmoid(x)}; 0, its limit, at negative infinity. */
  static double silu(double x) {
    return Math.max(x, -EXP_LIMIT) * sigmoid(x);
  }

  /** {@code s (1 + x (1 - s))}. */
  static double siluDerivative(double x) {
    double s = sigmoid(x);
    return s * (1 + clamp(x, EXP_LIMIT) * (1 - s));
  }

  /** {@code e^-|x|}, which {@link #softplus} takes. */
  static double expOfNegative(double x) {
    return exp(Math.min(x, -x));
  }

  /**
   * {@code max(x, 0) + log1p(u)} with {@code u = e^-|x|} given, where {@code log1p(u) = 2 atanh(z)}
   * with {@code z = u / (2 + u) <= 1/3}, by its series.
   */
  static double softplus(double x, double u) {
    double z = u / (2 + u);
    double z2 = z * z;
    double p = 1.0 / 13;
    p = p * z2 + 1.0 / 11;
    p = p * z2 + 1.0 / 9;
    p = p * z2 + 1.0 / 7;
    p = p * z2 + 1.0 / 5;
    p = p * z2 + 1.0 / 3;
    return Math.max(x, 0) + 2 * z * (p * z2 + 1);
  }

  /** {@code x Phi(x) = max(x, 0) - |x| Q(|x|)}, which keeps its digits in the left tail. */
  static double gelu(double x, double density) {
    double t = limitedAbs(x);
    return Math.max(x, 0) - t * tail(t, density);
  }

  /** {@code Phi(x) + x phi(x)}. */
  static double geluDerivative(double x, double density) {
    double t = limitedAbs(x);
    double sign = clamp(x * 1e300, 1); // -1, 0 or 1; a float is 0 or at least 1e-45
    return 0.5 + sign * (0.5 - tail(t, density) + t * density * INV_SQRT_2PI);
  }

  private static double limitedAbs(double x) {
    return Math.min(Math.abs(x), TAIL_LIMIT);
  }

  /** {@code e^(-x^2 / 2)}, which {@link #gelu} and its derivative take. */
  static double density(double x) {
    double t = limitedAbs(x);
    return exp(-0.5 * t * t);
  }

  /**
   * The tail of the normal distribution, {@code Q(t) = Phi(-t)} for {@code 0 <= t <= 14.5}: {@code
   * e^(-t^2 / 2) u P(u)} with {@code u = 1 / (1 + t / 4)}. The form is that of Abramowitz and
   * Stegun 7.1.26; P is a Chebyshev fit of degree 10 with a relative error of 3e-9.
   */
  private static double tail(double t, double density) {
    double u = 1 / (1 + 0.25 * t);
    double p = -0.0134772863447040024;
    p = p * u + 0.097418017148141242;
    p = p * u - 0.27592285645899355;
    p = p * u + 0.376407107093586614;
    p = p * u - 0.287773884877413359;
    p = p * u + 0.217973227840294114;
    p = p * u - 0.00317151891554572766;
    p = p * u + 0.0981355558235703497;
    p = p * u + 0.0906821317990878211;
    p = p * u + 0.100005286661137752;
    p = p * u + 0.0997242203588999384;
    return density * u * p;
  }

  /** {@code x (1 + tanh u) / 2 = x sigmoid(2u)} with {@code u = sqrt(2/pi) (x + 0.044715 x^3)}. */
  static double geluTanh(double x) {
    return Math.max(x, -TANH_LIMIT) * sigmoid(2 * SQRT_2_OVER_PI * (x + GELU_CUBIC * x * x * x));
  }

  /** {@code sigmoid(2u)}, which {@link #geluTanhDerivative} takes. */
  static double geluTanhSigmoid(double x) {
    double t = clamp(x, TANH_LIMIT);
    return sigmoid(2 * SQRT_2_OVER_PI * t * (1 + GELU_CUBIC * t * t));
  }

  /** {@code s + 2 x s (1 - s) u'} with {@code s = sigmoid(2u)} given. */
  static double geluTanhDerivative(double x, double s) {
    double t = clamp(x, TANH_LIMIT);
    return s + 2 * SQRT_2_OVER_PI * t * (1 + 3 * GELU_CUBIC * t * t) * s * (1 - s);
  }
}
