package org.lawu.optim;

import org.lawu.tensor.Gradients;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;

/** Gradients of a given value, which only backpropagation can make. */
final class Slopes {
  private Slopes() {}

  /** The sum of {@code gradient * parameter}, whose gradient is just that. */
  static Gradients of(Parameter parameter, Tensor gradient) {
    return parameter.value().mul(gradient).sum().backward();
  }

  static Gradients of(Parameter parameter, float... gradient) {
    return of(parameter, Tensor.of(gradient));
  }
}
