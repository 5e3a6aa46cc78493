package org.lawu.internal.kernel;

/**
 * An elementwise function of one variable for which a FLOAT32 kernel exists. Some take constants,
 * written {@code a} and {@code b}; the others ignore them.
 */
public enum UnaryFunction {
  /** {@code -x}. */
  NEG,
  /** {@code |x|}. */
  ABS,
  /** {@code x * x}. */
  SQUARE,
  /** Square root. */
  SQRT,
  /** {@code e^x}. */
  EXP,
  /** Natural logarithm. */
  LOG,
  /** Hyperbolic tangent. */
  TANH,
  /** {@code 1 / (1 + e^-x)}. */
  SIGMOID,
  /** {@code max(x, 0)}; NaN stays NaN. */
  RELU,
  /** {@code x > 0 ? x : a * x}. */
  LEAKY_RELU,
  /** {@code x * (1 + erf(x / sqrt 2)) / 2}. */
  GELU,
  /** {@code x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))) / 2}. */
  GELU_TANH,
  /** {@code x * sigmoid(x)}. */
  SILU,
  /** {@code log(1 + e^x)}, computed as {@code max(x, 0) + log1p(e^-|x|)}. */
  SOFTPLUS,
  /** {@code min(max(x, a), b)}; NaN stays NaN. */
  CLAMP,
}
