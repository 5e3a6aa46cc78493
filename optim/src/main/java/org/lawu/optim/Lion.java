package org.lawu.optim;

import static org.lawu.optim.Subnormals.flush;

import org.lawu.tensor.Parameter;

/**
 * Lion: steps of one length in the direction of the sign of a running mean of the gradients. It
 * remembers half of what Adam does, and wants a learning rate 3 to 10 times smaller and a weight
 * decay as many times larger.
 *
 * <pre>
 * c = beta1 m + (1 - beta1) gradient
 * w = w - learningRate (sign(c) + weightDecay w)
 * m = beta2 m + (1 - beta2) gradient
 * </pre>
 *
 * <p>Chen et al., "Symbolic discovery of optimization algorithms" (NeurIPS 2023).
 */
public final class Lion extends Optimizer {
  private final double beta1;
  private final double beta2;
  private final double weightDecay;

  /** Lion with the learning rate 0.0001. */
  public Lion() {
    this(1e-4);
  }

  /** Lion with betas 0.9 and 0.99 and no weight decay. */
  public Lion(double learningRate) {
    this(learningRate, 0.9, 0.99, 0);
  }

  private Lion(double learningRate, double beta1, double beta2, double weightDecay) {
    super(learningRate);
    this.beta1 = Setting.decay("beta1", beta1);
    this.beta2 = Setting.decay("beta2", beta2);
    this.weightDecay = Setting.notNegative("weightDecay", weightDecay);
  }

  /**
   * The parts of the running mean that enter the direction and that are kept; 0.9 and 0.99 by
   * default.
   */
  public Lion betas(double beta1, double beta2) {
    return new Lion(learningRate(), beta1, beta2, weightDecay);
  }

  /** The part of a weight, times the learning rate, that a step takes away; 0 by default. */
  public Lion weightDecay(double weightDecay) {
    return new Lion(learningRate(), beta1, beta2, weightDecay);
  }

  @Override
  protected Parameter.Update rule(State state) {
    float[] first = state.array("exp_avg");
    float directing = (float) beta1;
    float directingNew = (float) (1 - beta1);
    float kept = (float) beta2;
    float entering = (float) (1 - beta2);
    float rate = (float) learningRate();
    float left = (float) (1 - learningRate() * weightDecay);
    return (value, gradient, from, to) -> {
      for (int i = from; i < to; i++) {
        float mean = first[i];
        float slope = gradient[i];
        first[i] = flush(kept * mean + entering * slope);
        value[i] = left * value[i] - rate * Math.signum(directing * mean + directingNew * slope);
      }
    };
  }

  @Override
  public String toString() {
    return "Lion[learningRate=%s, beta1=%s, beta2=%s, weightDecay=%s]"
        .formatted(learningRate(), beta1, beta2, weightDecay);
  }
}
