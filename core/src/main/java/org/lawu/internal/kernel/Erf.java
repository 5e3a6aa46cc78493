package org.lawu.internal.kernel;

/** The error function in double precision, for FLOAT64 tensors. */
public final class Erf {

  private static final double TWO_OVER_SQRT_PI = 1.1283791670955126;

  /** Below, the series takes fewer terms than the continued fraction. */
  private static final double SERIES_LIMIT = 2.5;

  /** From here {@code erfc(x) < 2^-54}, so that erf rounds to 1. */
  private static final double ONE_LIMIT = 6;

  /** Terms of the continued fraction: enough for {@code 1 - erfc(2.5)} to full precision. */
  private static final int FRACTION_TERMS = 40;

  private Erf() {}

  /** {@code 2 / sqrt(pi)} times the integral of {@code e^(-t^2)} from 0 to x; error below 1e-15. */
  public static double erf(double x) {
    double t = Math.abs(x);
    if (t < SERIES_LIMIT) {
      return series(x);
    }
    if (t < ONE_LIMIT) {
      return Math.copySign(1 - complement(t), x);
    }
    return Double.isNaN(x) ? x : Math.copySign(1, x);
  }

  /**
   * Abramowitz and Stegun 7.1.6, which adds only terms of one sign: {@code 2 / sqrt(pi) e^(-x^2)
   * sum of 2^n x^(2n + 1) / (1 * 3 * ... * (2n + 1))}.
   */
  private static double series(double x) {
    double square = x * x;
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= 2 * square / (2 * n + 1);
      sum += term;
    }
    return TWO_OVER_SQRT_PI * Math.exp(-square) * sum;
  }

  /**
   * Abramowitz and Stegun 7.1.14: {@code sqrt(pi) e^(x^2) erfc(x) = 1 / (x + (1/2) / (x + 1 / (x +
   * (3/2) / (x + 2 / (x + ...)))))}, evaluated from the inside.
   */
  private static double complement(double x) {
    double fraction = x;
    for (int n = FRACTION_TERMS; n > 0; n--) {
      fraction = x + 0.5 * n / fraction;
    }
    return 0.5 * TWO_OVER_SQRT_PI * Math.exp(-x * x) / fraction;
  }
}
