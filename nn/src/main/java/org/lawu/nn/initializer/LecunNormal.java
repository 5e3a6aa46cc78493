package org.lawu.nn.initializer;

import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Normal with mean 0 and standard deviation {@code 1 / sqrt(fanIn)}, which keeps the variance of
 * activations where there is no activation function, or selu. LeCun et al., "Efficient backprop"
 * (1998); Klambauer et al., "Self-normalizing neural networks" (NeurIPS 2017). Keras' {@code
 * LecunNormal}, which cuts the tails off.
 */
public record LecunNormal() implements Initializer {

  @Override
  public Tensor initialize(Shape shape, Philox random) {
    double deviation = 1 / Math.sqrt(Fan.of("lecunNormal", shape).in());
    return new Normal(0, deviation).initialize(shape, random);
  }
}
