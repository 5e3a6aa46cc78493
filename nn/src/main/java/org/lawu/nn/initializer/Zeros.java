package org.lawu.nn.initializer;

import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/** Zeros, the usual start of a bias. */
public record Zeros() implements Initializer {

  @Override
  public Tensor initialize(Shape shape, Philox random) {
    return Tensor.zeros(shape, DType.FLOAT32);
  }
}
