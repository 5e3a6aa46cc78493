package org.lawu.nn.initializer;

import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Uniform in {@code [-b, b)} with {@code b = sqrt(3 / fanIn)}, hence with the variance of {@link
 * LecunNormal}; Keras' {@code LecunUniform}.
 */
public record LecunUniform() implements Initializer {

  @Override
  public Tensor initialize(Shape shape, Philox random) {
    double bound = Math.sqrt(3.0 / Fan.of("lecunUniform", shape).in());
    return new Uniform(-bound, bound).initialize(shape, random);
  }
}
