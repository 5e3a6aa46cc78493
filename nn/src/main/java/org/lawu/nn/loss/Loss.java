package org.lawu.nn.loss;

import org.lawu.error.ArgumentException;
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

  /**
   * The loss of a batch of which some parts count more than others, or not at all.
   *
   * <pre>{@code
   * Tensor weighed = loss.of(prediction, target, Tensor.of(1f, 3f, 1f));
   * Tensor masked = loss.of(prediction, target, tokens.notEqual(padding));
   * }</pre>
   *
   * <p>Floating weights multiply the losses, and the mean is still divided by their number, as with
   * Keras' sample weights and those of PyTorch's {@code BCELoss}. So the gradient of a batch is the
   * mean of those of its parts, and twice the weights give twice the loss. What a BOOL mask leaves
   * out counts for nothing, and the mean is divided by the number of losses that are kept, as with
   * Keras' masks and PyTorch's {@code ignore_index}; of none it is NaN. Class weights come on top;
   * where they are in the divisor of the mean, they stay there.
   *
   * @param weights floating numbers or a BOOL mask, of the shape of what {@link Reduction#NONE}
   *     gives, or of its first axes: {@code [batch]} holds for all losses of a record
   * @throws org.lawu.error.ShapeException if their shape is another
   * @throws org.lawu.error.DTypeException if they are INT32
   * @throws ArgumentException if this is an own loss that does not take weights, such as a lambda;
   *     see {@link Reduction#apply(Tensor, Tensor)}
   */
  default Tensor of(Tensor prediction, Tensor target, Tensor weights) {
    throw new ArgumentException(
        "loss: %s does not take weights; implement of(prediction, target, weights)"
            .formatted(getClass().getSimpleName()));
  }
}
