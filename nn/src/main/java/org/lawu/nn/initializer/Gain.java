package org.lawu.nn.initializer;

/**
 * By how much an activation function shrinks the standard deviation of its input, and a weight
 * before it should be larger. The values are those of PyTorch's {@code
 * torch.nn.init.calculate_gain}.
 */
public final class Gain {
  /** No activation, or the sigmoid. */
  public static final double LINEAR = 1;

  /** Relu: {@code sqrt(2)}. */
  public static final double RELU = Math.sqrt(2);

  /** Tanh: {@code 5/3}. */
  public static final double TANH = 5.0 / 3;

  private Gain() {}

  /** Leaky relu: {@code sqrt(2 / (1 + slope^2))}. */
  public static double leakyRelu(double slope) {
    return Math.sqrt(2 / (1 + slope * slope));
  }
}
