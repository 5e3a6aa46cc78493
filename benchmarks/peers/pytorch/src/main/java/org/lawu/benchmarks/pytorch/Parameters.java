package org.lawu.benchmarks.pytorch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** The parameters of a model, made as they are asked for. */
final class Parameters {
  private final TensorVector all = new TensorVector();

  /** A parameter with a gradient. */
  Tensor get(String name, long... sizes) {
    Tensor parameter = Tensors.weight(name, sizes).set_requires_grad(true);
    all.push_back(parameter);
    return parameter;
  }

  /** For an optimizer. */
  TensorVector all() {
    return all;
  }
}
