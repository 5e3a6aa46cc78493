package org.lawu.nn;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * What a forward pass is for, handed from layer to layer: training, with the generator that dropout
 * draws from, or inference. A model has no mode of its own, so one thread may train it while others
 * use it.
 *
 * <pre>{@code
 * Philox random = new Philox(42);
 * Tensor training = model.forward(input, Pass.training(random));
 * Tensor inference = model.forward(input, Pass.inference());
 * }</pre>
 */
public final class Pass {
  private static final Pass INFERENCE = new Pass(null, null);

  private final @Nullable Philox random;
  private final @Nullable BiConsumer<Layer, Tensor> observer;

  private Pass(@Nullable Philox random, @Nullable BiConsumer<Layer, Tensor> observer) {
    this.random = random;
    this.observer = observer;
  }

  /**
   * A pass that uses the model: layers compute the same every time, and change nothing. Gradients
   * can still be asked for; {@link Layer#predict} does without.
   */
  public static Pass inference() {
    return INFERENCE;
  }

  /**
   * A pass that trains the model.
   *
   * @param random what random layers draw from; the same state gives the same result
   */
  public static Pass training(Philox random) {
    return new Pass(random, null);
  }

  /** An inference pass that tells an observer of every layer's output. */
  static Pass observed(BiConsumer<Layer, Tensor> observer) {
    return new Pass(null, observer);
  }

  /** Whether this is a pass for training. */
  public boolean isTraining() {
    return random != null;
  }

  /**
   * The generator of a training pass.
   *
   * @throws ArgumentException if this is a pass for inference
   */
  public Philox random() {
    if (random == null) {
      throw new ArgumentException(
          "pass: inference has no random generator; ask isTraining() first");
    }
    return random;
  }

  void finished(Layer layer, Tensor output) {
    if (observer != null) {
      observer.accept(layer, output);
    }
  }
}
