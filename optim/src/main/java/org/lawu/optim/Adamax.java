package org.lawu.optim;

import static org.lawu.optim.Subnormals.flush;

import org.lawu.tensor.Parameter;

/**
 * Adamax: Adam with a slowly forgotten maximum of the gradients in place of their root mean square
 * ({@code torch.optim.Adamax}). In step {@code t}:
 *
 * <pre>
 * g = gradient + weightDecay w
 * m = beta1 m + (1 - beta1) g
 * u = max(beta2 u, |g| + epsilon)
 * w = w - learningRate m / ((1 - beta1^t) u)
 * </pre>
 *
 * <p>Kingma and Ba, "Adam: a method for stochastic optimization", section 7 (ICLR 2015).
 */
public final class Adamax extends Optimizer {
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final double weightDecay;

  /** Adamax with the learning rate 0.002. */
  public Adamax() {
    this(2e-3);
  }

  /** Adamax with betas 0.9 and 0.999, epsilon 1e-8 and no weight decay. */
  public Adamax(double learningRate) {
    this(learningRate, 0.9, 0.999, 1e-8, 0);
  }

  private Adamax(
      double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {
    super(learningRate);
    this.beta1 = Setting.decay("beta1", beta1);
    this.beta2 = Setting.decay("beta2", beta2);
    this.epsilon = Setting.notNegative("epsilon", epsilon);
    this.weightDecay = Setting.notNegative("weightDecay", weightDecay);
  }

  /** The parts that the running mean and the maximum keep; 0.9 and 0.999 by default. */
  public Adamax betas(double beta1, double beta2) {
    return new Adamax(learningRate(), beta1, beta2, epsilon, weightDecay);
  }

  /** What keeps the denominator from zero; 1e-8 by default. */
  public Adamax epsilon(double epsilon) {
    return new Adamax(learningRate(), beta1, beta2, epsilon, weightDecay);
  }

  /** The weight of the L2 penalty, which enters the gradient; 0 by default. */
  public Adamax weightDecay(double weightDecay) {
    return new Adamax(learningRate(), beta1, beta2, epsilon, weightDecay);
  }

  @Override
  protected Parameter.Update rule(State state) {
    float[] first = state.array("exp_avg");
    float[] largest = state.array("exp_inf");
    float kept1 = (float) beta1;
    float kept2 = (float) beta2;
    float entering1 = (float) (1 - beta1);
    float decay = (float) weightDecay;
    float small = (float) epsilon;
    float rate = (float) (learningRate() / (1 - Math.pow(beta1, state.step())));
    return (value, gradient, from, to) -> {
      for (int i = from; i < to; i++) {
        float slope = gradient[i] + decay * value[i];
        float mean = flush(kept1 * first[i] + entering1 * slope);
        float bound = Math.max(flush(kept2 * largest[i]), Math.abs(slope) + small);
        first[i] = mean;
        largest[i] = bound;
        value[i] -= rate * (mean / bound);
      }
    };
  }

  @Override
  public String toString() {
    return "Adamax[learningRate=%s, beta1=%s, beta2=%s, epsilon=%s, weightDecay=%s]"
        .formatted(learningRate(), beta1, beta2, epsilon, weightDecay);
  }
}
