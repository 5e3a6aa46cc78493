package org.lawu.nn.initializer;

import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Draws the first value of a parameter. Write your own as a lambda:
 *
 * <pre>{@code
 * Initializer small = (shape, random) -> Tensor.normal(random, 0, 0.02, shape.toArray());
 * }</pre>
 */
@FunctionalInterface
public interface Initializer {

  /** A FLOAT32 tensor of the given shape, drawn from the given generator. */
  Tensor initialize(Shape shape, Philox random);
}
