package org.lawu.optim;

import org.lawu.error.ArgumentException;
import org.lawu.tensor.Gradients;

/**
 * Limits gradients before a step, so that a rare steep one does not undo what was learnt.
 *
 * <pre>{@code
 * optimizer.step(Clipping.byNorm(loss.backward(), 1.0));
 * }</pre>
 *
 * <p>Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks" (ICML
 * 2013).
 */
public final class Clipping {
  private Clipping() {}

  /**
   * Every element held between {@code -limit} and {@code limit}; PyTorch's {@code
   * clip_grad_value_}. NaN stays.
   *
   * @throws ArgumentException if the limit is not positive and finite
   */
  public static Gradients byValue(Gradients gradients, double limit) {
    check("byValue", "limit", limit);
    return gradients.map(gradient -> gradient.clamp(-limit, limit));
  }

  /**
   * All gradients multiplied by one number so that their common {@link Gradients#norm} is at most
   * {@code maximum}: the direction stays. PyTorch's {@code clip_grad_norm_}. Gradients with a NaN
   * or infinity have no direction and come back as they are.
   *
   * @throws ArgumentException if the maximum is not positive and finite
   */
  public static Gradients byNorm(Gradients gradients, double maximum) {
    check("byNorm", "maximum", maximum);
    double norm = gradients.norm();
    return norm > maximum && norm < Double.POSITIVE_INFINITY
        ? gradients.map(gradient -> gradient.mul(maximum / norm))
        : gradients;
  }

  private static void check(String operation, String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new ArgumentException(
          "%s: the %s must be positive and finite, got %s".formatted(operation, name, value));
    }
  }
}
