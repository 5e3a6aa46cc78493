package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/** What a gradient rule is given: the incoming gradient and what its operation kept. */
public interface Backward {

  /** The gradient of the final result with respect to the operation's output. */
  Tensor gradient();

  /** Input {@code i}; the operation must save its inputs. */
  Tensor input(int i);

  /** The output; the operation must save it. */
  Tensor output();

  /** The number of inputs. */
  int inputs();

  /** The shape of input {@code i}. */
  Shape shape(int i);

  /** Whether the gradient with respect to input {@code i} will be used. */
  boolean needs(int i);

  /** Runs an operation that is no method of {@link Tensor}. */
  Tensor apply(Operation operation, Tensor... inputs);

  /**
   * Runs an operation on a saved tensor and the incoming gradient, in the memory of the gradient
   * where nobody else has it.
   */
  Tensor overGradient(Binary operation, Tensor saved);

  /** The gradients of a fused operation: in one piece, or composed where they get a graph. */
  @Nullable Tensor[] fused(Fused operation);

  /** The gradient with respect to one input, or null where it is 0 everywhere. */
  @FunctionalInterface
  interface Rule {
    /** Computes it. */
    @Nullable Tensor gradient();
  }

  /** One rule for each input, run only where its gradient will be used. */
  default @Nullable Tensor[] each(Rule... rules) {
    var gradients = new @Nullable Tensor[inputs()];
    for (int i = 0; i < gradients.length; i++) {
      if (needs(i)) {
        gradients[i] = rules[i].gradient();
      }
    }
    return gradients;
  }
}
