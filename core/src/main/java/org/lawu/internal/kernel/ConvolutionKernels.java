package org.lawu.internal.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Convolution of certain sizes, none of which is 0, and its gradients; arrays are contiguous:
 * images {@code x [n, groups in, h, w]}, {@code weight [groups out, in, kh, kw]}, {@code bias
 * [groups out]}. These divide their own work.
 */
public interface ConvolutionKernels {

  /**
   * The convolution plus the bias, if there is one; results below 0 become 0 if {@code relu}.
   * Writes all of {@code y}.
   */
  void forward(Floats x, Floats weight, @Nullable Floats bias, boolean relu, Floats y);

  /** The gradient with respect to images; writes all of {@code x}. */
  void inputGradient(Floats g, Floats weight, Floats x);

  /** The gradient with respect to the weight, of which it writes all. */
  void weightGradient(Floats x, Floats g, Floats weight);
}
