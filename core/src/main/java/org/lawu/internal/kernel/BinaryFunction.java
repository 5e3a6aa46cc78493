package org.lawu.internal.kernel;

/**
 * An elementwise function of two variables for which a FLOAT32 kernel exists. The {@code _GRADIENT}
 * members fuse a gradient rule into one pass: their first operand is what the rule saved, their
 * second, {@code g}, the incoming gradient.
 */
public enum BinaryFunction {
  /** {@code x + y}. */
  ADD,
  /** {@code x - y}. */
  SUB,
  /** {@code x * y}. */
  MUL,
  /** {@code x / y}. */
  DIV,
  /** {@code x^y}. */
  POW,
  /** The larger; NaN if either is NaN. */
  MAXIMUM,
  /** The smaller; NaN if either is NaN. */
  MINIMUM,
  /** From the output {@code y} of a relu: {@code y > 0 ? g : 0}. */
  RELU_GRADIENT,
  /** From the output {@code y} of a tanh: {@code (1 - y^2) g}. */
  TANH_GRADIENT,
  /** From the output {@code y} of a sigmoid: {@code y (1 - y) g}. */
  SIGMOID_GRADIENT,
  /** From the input {@code x} of a gelu: {@code (Phi(x) + x phi(x)) g}. */
  GELU_GRADIENT,
  /** From the input {@code x} of a tanh-approximated gelu: its derivative times {@code g}. */
  GELU_TANH_GRADIENT,
  /**
   * From the input {@code x} of a silu: {@code s (1 + x (1 - s)) g} with {@code s = sigmoid(x)}.
   */
  SILU_GRADIENT,
}
