package org.lawu.nn.loss;

import org.lawu.tensor.Tensor;

/**
 * How far predictions are from targets. Losses hold nothing but their settings, which do not
 * change; a method such as {@code reduction} returns another loss.
 *
 * <pre>{@code
 * Loss loss = new CrossEntropy().labelSmoothing(0.1);
 * Gradients gradients = loss.of(model.forward(input, pass), labels).backward();
 * }</pre>
 */
@FunctionalInterface
public interface Loss {

  /**
   * The loss of a batch.
   *
   * @param prediction what the model said
   * @param target what it should have said; each loss says in which form
   * @return a scalar, or with {@link Reduction#NONE} the loss of each element or row
   */
  Tensor of(Tensor prediction, Tensor target);
}
