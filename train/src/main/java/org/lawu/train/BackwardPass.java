package org.lawu.train;

import java.util.function.Supplier;
import org.lawu.data.Batch;
import org.lawu.tensor.Gradients;
import org.lawu.tensor.Tensor;

/**
 * The gradients of a batch before they make a step, as {@link Callback#differentiated} sees them.
 */
public final class BackwardPass {
  private final Batch batch;
  private final double loss;
  private final Gradients gradients;
  private final Supplier<Tensor> repetition;

  BackwardPass(Batch batch, double loss, Gradients gradients, Supplier<Tensor> repetition) {
    this.batch = batch;
    this.loss = loss;
    this.gradients = gradients;
    this.repetition = repetition;
  }

  /** The records. */
  public Batch batch() {
    return batch;
  }

  /** The loss of the batch, without the penalty of the weights. */
  public double loss() {
    return loss;
  }

  /** The gradients of the loss and the penalty, before clipping. */
  public Gradients gradients() {
    return gradients;
  }

  /**
   * Computes the loss and the penalty again, with the same random numbers, as a tracked tensor.
   * What a forward pass changes in the model, such as running means, it changes once more.
   */
  public Tensor repeat() {
    return repetition.get();
  }
}
