package org.lawu.tensor;

import org.lawu.error.ArgumentException;
import org.lawu.internal.operation.Elu;
import org.lawu.internal.operation.Gelu;
import org.lawu.internal.operation.GeluTanh;
import org.lawu.internal.operation.HardSwish;
import org.lawu.internal.operation.LeakyRelu;
import org.lawu.internal.operation.LogSoftmax;
import org.lawu.internal.operation.Mish;
import org.lawu.internal.operation.Relu;
import org.lawu.internal.operation.Selu;
import org.lawu.internal.operation.Sigmoid;
import org.lawu.internal.operation.Silu;
import org.lawu.internal.operation.Softmax;
import org.lawu.internal.operation.Softplus;
import org.lawu.internal.operation.Tanh;

/**
 * The activation functions, elementwise but for the softmax family. Their formulas, gradients and
 * sources are in the documentation of the layers of the same names.
 */
public sealed interface Activations extends TensorMethods permits Tensor {

  /** {@code max(x, 0)}. */
  default Tensor relu() {
    return Engine.apply(new Relu(), this);
  }

  /** {@code 1 / (1 + e^-x)}. */
  default Tensor sigmoid() {
    return Engine.apply(new Sigmoid(), this);
  }

  /** Hyperbolic tangent. */
  default Tensor tanh() {
    return Engine.apply(new Tanh(), this);
  }

  /** {@code x Phi(x)} with the normal distribution function, exact. */
  default Tensor gelu() {
    return Engine.apply(new Gelu(), this);
  }

  /** The tanh approximation of {@link #gelu()}. */
  default Tensor geluTanh() {
    return Engine.apply(new GeluTanh(), this);
  }

  /** {@code x sigmoid(x)}, also known as swish. */
  default Tensor silu() {
    return Engine.apply(new Silu(), this);
  }

  /** {@code log(1 + e^x)}. */
  default Tensor softplus() {
    return Engine.apply(new Softplus(), this);
  }

  /** {@code x} above 0, {@code slope x} below. */
  default Tensor leakyRelu(double slope) {
    return Engine.apply(new LeakyRelu(slope), this);
  }

  /** {@code e^x / sum(e^x)} along an axis. */
  default Tensor softmax(int axis) {
    return Engine.apply(new Softmax(axis), this);
  }

  /** {@code log(softmax(x))} along an axis, without its overflow. */
  default Tensor logSoftmax(int axis) {
    return Engine.apply(new LogSoftmax(axis), this);
  }

  /**
   * {@code x} above 0, {@code alpha (e^x - 1)} below.
   *
   * @throws ArgumentException if alpha is not finite
   */
  default Tensor elu(double alpha) {
    if (!Double.isFinite(alpha)) {
      throw new ArgumentException("elu: alpha must be finite, got " + alpha);
    }
    return Engine.apply(new Elu(alpha), this);
  }

  /** {@link #elu} with the constants that keep mean 0 and variance 1. */
  default Tensor selu() {
    return Engine.apply(new Selu(), this);
  }

  /** {@code x tanh(softplus(x))}. */
  default Tensor mish() {
    return Engine.apply(new Mish(), this);
  }

  /** {@code x min(max(x + 3, 0), 6) / 6}, the piecewise form of {@link #silu()}. */
  default Tensor hardSwish() {
    return Engine.apply(new HardSwish(), this);
  }
}
