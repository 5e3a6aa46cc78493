package org.lawu.optim;

import org.lawu.tensor.Parameter;

/**
 * Adam: steps along a running mean of the gradients, divided by the root of a running mean of their
 * squares ({@code torch.optim.Adam}). In step {@code t}:
 *
 * <pre>
 * g = gradient + weightDecay w
 * m = beta1 m + (1 - beta1) g
 * v = beta2 v + (1 - beta2) g^2
 * w = w - learningRate (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
 * </pre>
 *
 * <p>Kingma and Ba, "Adam: a method for stochastic optimization" (ICLR 2015). With {@link #amsgrad}
 * the largest {@code v} so far takes its place in the denominator: Reddi, Kale and Kumar, "On the
 * convergence of Adam and beyond" (ICLR 2018).
 */
public final class Adam extends Optimizer {
  private final AdaptiveMoments moments;

  /** Adam with the learning rate 0.001. */
  public Adam() {
    this(1e-3);
  }

  /** Adam with betas 0.9 and 0.999, epsilon 1e-8 and no weight decay. */
  public Adam(double learningRate) {
    this(learningRate, new AdaptiveMoments(0.9, 0.999, 1e-8, 0, false));
  }

  private Adam(double learningRate, AdaptiveMoments moments) {
    super(learningRate);
    this.moments = moments;
  }

  /** The parts that the running means of gradients and squares keep; 0.9 and 0.999 by default. */
  public Adam betas(double beta1, double beta2) {
    return new Adam(learningRate(), moments.withBetas(beta1, beta2));
  }

  /** What keeps the denominator from zero; 1e-8 by default. */
  public Adam epsilon(double epsilon) {
    return new Adam(learningRate(), moments.withEpsilon(epsilon));
  }

  /**
   * The weight of the L2 penalty, which enters the gradient; 0 by default. {@link AdamW} applies it
   * to the weights directly, which usually works better.
   */
  public Adam weightDecay(double weightDecay) {
    return new Adam(learningRate(), moments.withWeightDecay(weightDecay));
  }

  /** With the largest mean of squares so far in the denominator. */
  public Adam amsgrad() {
    return new Adam(learningRate(), moments.withAmsgrad());
  }

  @Override
  protected Parameter.Update rule(State state) {
    return moments.rule(state, learningRate(), moments.weightDecay(), 1);
  }

  @Override
  public String toString() {
    return "Adam[learningRate=%s, beta1=%s, beta2=%s, epsilon=%s, weightDecay=%s, amsgrad=%s]"
        .formatted(
            learningRate(),
            moments.beta1(),
            moments.beta2(),
            moments.epsilon(),
            moments.weightDecay(),
            moments.amsgrad());
  }
}
