package org.lawu.nn.initializer;

import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Uniform in {@code [-b, b)} with {@code b = gain sqrt(6 / (fanIn + fanOut))}, which keeps the
 * variance of activations and gradients through layers with tanh or sigmoid. Glorot and Bengio,
 * "Understanding the difficulty of training deep feedforward neural networks" (AISTATS 2010);
 * PyTorch's {@code xavier_uniform_}, Keras' {@code GlorotUniform}.
 *
 * @param gain a factor for the activation that follows, see {@link Gain}; 1 by default
 */
public record XavierUniform(double gain) implements Initializer {

  /**
   * With a gain.
   *
   * @throws org.lawu.error.ArgumentException if the gain is not positive and finite
   */
  public XavierUniform {
    Fan.checkGain("xavierUniform", gain);
  }

  /** With a gain of 1. */
  public XavierUniform() {
    this(Gain.LINEAR);
  }

  @Override
  public Tensor initialize(Shape shape, Philox random) {
    Fan fan = Fan.of("xavierUniform", shape);
    double bound = gain * Math.sqrt(6.0 / ((double) fan.in() + fan.out()));
    return new Uniform(-bound, bound).initialize(shape, random);
  }
}
