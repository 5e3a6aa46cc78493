package org.lawu.optim;

import org.lawu.tensor.Parameter;

/**
 * Adam with decoupled weight decay: weights shrink by a part of themselves instead of by a penalty
 * in the gradient, which Adam would scale away ({@code torch.optim.AdamW}). In step {@code t}:
 *
 * <pre>
 * w = w - learningRate weightDecay w
 * m = beta1 m + (1 - beta1) gradient
 * v = beta2 v + (1 - beta2) gradient^2
 * w = w - learningRate (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
 * </pre>
 *
 * <p>Loshchilov and Hutter, "Decoupled weight decay regularization" (ICLR 2019).
 */
public final class AdamW extends Optimizer {
  private final AdaptiveMoments moments;

  /** AdamW with the learning rate 0.001. */
  public AdamW() {
    this(1e-3);
  }

  /** AdamW with betas 0.9 and 0.999, epsilon 1e-8 and weight decay 0.01. */
  public AdamW(double learningRate) {
    this(learningRate, new AdaptiveMoments(0.9, 0.999, 1e-8, 1e-2, false));
  }

  private AdamW(double learningRate, AdaptiveMoments moments) {
    super(learningRate);
    this.moments = moments;
  }

  /** The parts that the running means of gradients and squares keep; 0.9 and 0.999 by default. */
  public AdamW betas(double beta1, double beta2) {
    return new AdamW(learningRate(), moments.withBetas(beta1, beta2));
  }

  /** What keeps the denominator from zero; 1e-8 by default. */
  public AdamW epsilon(double epsilon) {
    return new AdamW(learningRate(), moments.withEpsilon(epsilon));
  }

  /** The part of a weight, times the learning rate, that a step takes away; 0.01 by default. */
  public AdamW weightDecay(double weightDecay) {
    return new AdamW(learningRate(), moments.withWeightDecay(weightDecay));
  }

  /** With the largest mean of squares so far in the denominator, as in {@link Adam#amsgrad}. */
  public AdamW amsgrad() {
    return new AdamW(learningRate(), moments.withAmsgrad());
  }

  @Override
  protected Parameter.Update rule(State state) {
    return moments.rule(state, learningRate(), 0, 1 - learningRate() * moments.weightDecay());
  }

  @Override
  public String toString() {
    return "AdamW[learningRate=%s, beta1=%s, beta2=%s, epsilon=%s, weightDecay=%s, amsgrad=%s]"
        .formatted(
            learningRate(),
            moments.beta1(),
            moments.beta2(),
            moments.epsilon(),
            moments.weightDecay(),
            moments.amsgrad());
  }
}
