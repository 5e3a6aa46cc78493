package org.lawu.nn.initializer;

import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/** One value everywhere. */
public record Constant(double value) implements Initializer {

  @Override
  public Tensor initialize(Shape shape, Philox random) {
    return Tensor.full(value, shape, DType.FLOAT32);
  }
}
