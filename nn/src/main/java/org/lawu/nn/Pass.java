package org.lawu.nn;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.random.Philox;
import org.lawu.tensor.Autograd;
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
  private static final Pass INFERENCE = new Pass(null, null, false);

  private final @Nullable Philox random;
  private final @Nullable BiConsumer<Layer, Tensor> observer;
  private final boolean recomputation;

  private Pass(
      @Nullable Philox random,
      @Nullable BiConsumer<Layer, Tensor> observer,
      boolean recomputation) {
    this.random = random;
    this.observer = observer;
    this.recomputation = recomputation;
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
    return new Pass(random, null, false);
  }

  /** An inference pass that tells an observer of every layer's output. */
  static Pass observed(BiConsumer<Layer, Tensor> observer) {
    return new Pass(null, observer, false);
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

  /**
   * Whether a {@link #checkpoint} computes again what it has computed: what a training pass
   * changes, such as running means, has been changed already.
   */
  public boolean isRecomputation() {
    return recomputation;
  }

  /**
   * Runs a part of the pass, of which backpropagation keeps the inputs alone and computes the rest
   * again, as {@link Autograd#checkpoint} says; the random numbers of the part are repeated. {@link
   * org.lawu.nn.layer.Checkpoint} does it for a whole layer.
   *
   * <pre>{@code
   * Tensor y = pass.checkpoint((x, again) -> layer.forward(x.getFirst(), mask, again), input);
   * }</pre>
   *
   * @param computation uses the pass that it is given, in place of this one
   */
  public Tensor checkpoint(BiFunction<List<Tensor>, Pass, Tensor> computation, Tensor... inputs) {
    Philox.@Nullable State before = random == null ? null : random.state();
    var first = new AtomicBoolean(true);
    return Autograd.checkpoint(
        tensors -> computation.apply(tensors, first.getAndSet(false) ? this : again(before)),
        inputs);
  }

  private static Pass again(Philox.@Nullable State before) {
    return new Pass(before == null ? null : new Philox(before), null, true);
  }

  /** Whether somebody wants the output of every layer. */
  boolean isObserved() {
    return observer != null;
  }

  void finished(Layer layer, Tensor output) {
    if (observer != null) {
      observer.accept(layer, output);
    }
  }
}
