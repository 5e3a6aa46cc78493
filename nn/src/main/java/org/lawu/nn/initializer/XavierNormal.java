package org.lawu.nn.initializer;

import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Normal with mean 0 and standard deviation {@code gain sqrt(2 / (fanIn + fanOut))}. Glorot and
 * Bengio, "Understanding the difficulty of training deep feedforward neural networks" (AISTATS
 * 2010); PyTorch's {@code xavier_normal_}.
 *
 * @param gain a factor for the activation that follows, see {@link Gain}; 1 by default
 */
public record XavierNormal(double gain) implements Initializer {

  /**
   * With a gain.
   *
   * @throws org.lawu.error.ArgumentException if the gain is not positive and finite
   */
  public XavierNormal {
    Fan.checkGain("xavierNormal", gain);
  }

  /** With a gain of 1. */
  public XavierNormal() {
    this(Gain.LINEAR);
  }

  @Override
  public Tensor initialize(Shape shape, Philox random) {
    Fan fan = Fan.of("xavierNormal", shape);
    double deviation = gain * Math.sqrt(2.0 / ((double) fan.in() + fan.out()));
    return new Normal(0, deviation).initialize(shape, random);
  }
}
