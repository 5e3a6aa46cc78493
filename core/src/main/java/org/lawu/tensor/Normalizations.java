package org.lawu.tensor;

import org.lawu.internal.operation.LayerNorm;
import org.lawu.internal.operation.RmsNorm;

/** Normalization: numbers brought to mean 0 and variance 1, then scaled and shifted. */
public sealed interface Normalizations extends TensorMethods permits Tensor {

  /**
   * Layer normalization over the last axes, which are those of the weight: {@code y = (x - mean) /
   * sqrt(variance + epsilon) weight + bias}. Ba et al., "Layer normalization" (2016); PyTorch's
   * {@code layer_norm}.
   *
   * @throws org.lawu.error.ShapeException if the shapes do not fit
   * @throws org.lawu.error.ArgumentException if epsilon is not positive and finite
   */
  default Tensor layerNorm(Tensor weight, Tensor bias, double epsilon) {
    return Engine.apply(new LayerNorm(epsilon), this, weight, bias);
  }

  /**
   * Normalization by the root mean square over the last axes, which are those of the weight: {@code
   * y = x / sqrt(mean(x^2) + epsilon) weight}. Zhang and Sennrich, "Root mean square layer
   * normalization" (NeurIPS 2019); PyTorch's {@code rms_norm}.
   *
   * @throws org.lawu.error.ShapeException if the shapes do not fit
   * @throws org.lawu.error.ArgumentException if epsilon is not positive and finite
   */
  default Tensor rmsNorm(Tensor weight, double epsilon) {
    return Engine.apply(new RmsNorm(epsilon), this, weight);
  }

  /**
   * Batch normalization of {@code [n, channels, ...]} as in training, by the moments of each
   * channel in this very tensor: {@code y = (x - mean) / sqrt(variance + epsilon) weight + bias}.
   * Ioffe and Szegedy, "Batch normalization" (ICML 2015); PyTorch's {@code batch_norm} with {@code
   * training}.
   *
   * @param weight {@code [channels]}
   * @param bias {@code [channels]}
   * @throws org.lawu.error.ShapeException if the shapes do not fit
   * @throws org.lawu.error.ArgumentException if epsilon is not positive and finite
   */
  default Normalized batchNorm(Tensor weight, Tensor bias, double epsilon) {
    return BatchNormalization.byBatch((Tensor) this, weight, bias, epsilon);
  }

  /**
   * Batch normalization as in inference, by moments that are given.
   *
   * @param weight {@code [channels]}, like the others
   * @throws org.lawu.error.ShapeException if the shapes do not fit
   * @throws org.lawu.error.ArgumentException if epsilon is not positive and finite
   */
  default Tensor batchNorm(
      Tensor weight, Tensor bias, Tensor mean, Tensor variance, double epsilon) {
    return BatchNormalization.byMoments((Tensor) this, weight, bias, mean, variance, epsilon);
  }
}
