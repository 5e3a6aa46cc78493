package org.lawu.optim;

import static org.lawu.optim.Subnormals.flush;

import org.lawu.tensor.Parameter;

/**
 * Rectified Adam: the division by the root of the squares waits until enough of them are known for
 * their mean to be trusted, which saves the warm-up ({@code torch.optim.RAdam}). In step {@code t}:
 *
 * <pre>
 * g = gradient + weightDecay w
 * m = beta1 m + (1 - beta1) g
 * v = beta2 v + (1 - beta2) g^2
 * R = 2 / (1 - beta2) - 1,  r = R - 2 t beta2^t / (1 - beta2^t)
 * c = sqrt((r - 4) (r - 2) R / ((R - 4) (R - 2) r))
 * a = c sqrt(1 - beta2^t) / (sqrt(v) + epsilon)          if r &gt; 5, else 1
 * w = w - learningRate a m / (1 - beta1^t)
 * </pre>
 *
 * <p>Liu et al., "On the variance of the adaptive learning rate and beyond" (ICLR 2020).
 */
public final class RAdam extends Optimizer {
  /** As many squares must count before their mean is used. */
  private static final double ENOUGH = 5;

  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final WeightDecay weightDecay;

  /** RAdam with the learning rate 0.001. */
  public RAdam() {
    this(1e-3);
  }

  /** RAdam with betas 0.9 and 0.999, epsilon 1e-8 and no weight decay. */
  public RAdam(double learningRate) {
    this(learningRate, 0.9, 0.999, 1e-8, WeightDecay.NONE);
  }

  private RAdam(
      double learningRate, double beta1, double beta2, double epsilon, WeightDecay weightDecay) {
    super(learningRate);
    this.beta1 = Setting.decay("beta1", beta1);
    this.beta2 = Setting.decay("beta2", beta2);
    this.epsilon = Setting.notNegative("epsilon", epsilon);
    this.weightDecay = weightDecay;
  }

  /** The parts that the running means of gradients and squares keep; 0.9 and 0.999 by default. */
  public RAdam betas(double beta1, double beta2) {
    return new RAdam(learningRate(), beta1, beta2, epsilon, weightDecay);
  }

  /** What keeps the denominator from zero; 1e-8 by default. */
  public RAdam epsilon(double epsilon) {
    return new RAdam(learningRate(), beta1, beta2, epsilon, weightDecay);
  }

  /** The weight of the L2 penalty, which enters the gradient; 0 by default. */
  public RAdam weightDecay(double weightDecay) {
    return new RAdam(learningRate(), beta1, beta2, epsilon, WeightDecay.penalty(weightDecay));
  }

  /**
   * Instead of a penalty, the part of a weight, times the learning rate, that a step takes away, as
   * in {@link AdamW}.
   */
  public RAdam decoupledWeightDecay(double weightDecay) {
    return new RAdam(learningRate(), beta1, beta2, epsilon, WeightDecay.decoupled(weightDecay));
  }

  @Override
  protected Parameter.Update rule(State state) {
    int step = state.step();
    double known = 1 - Math.pow(beta2, step);
    double most = 2 / (1 - beta2) - 1;
    double count = most - 2 * step * (1 - known) / known;
    double rate = learningRate() / (1 - Math.pow(beta1, step));
    float[] first = state.array("exp_avg");
    float[] second = state.array("exp_avg_sq");
    float kept1 = (float) beta1;
    float kept2 = (float) beta2;
    float entering1 = (float) (1 - beta1);
    float entering2 = (float) (1 - beta2);
    float added = (float) weightDecay.added();
    float left = (float) weightDecay.left(learningRate());
    float small = (float) epsilon;
    if (count <= ENOUGH) {
      float plain = (float) rate;
      return (value, gradient, from, to) -> {
        for (int i = from; i < to; i++) {
          float slope = gradient[i] + added * value[i];
          float mean = flush(kept1 * first[i] + entering1 * slope);
          first[i] = mean;
          second[i] = flush(kept2 * second[i] + entering2 * slope * slope);
          value[i] = left * value[i] - plain * mean;
        }
      };
    }
    double rectification =
        Math.sqrt((count - 4) * (count - 2) * most / ((most - 4) * (most - 2) * count));
    float rectified = (float) (rate * rectification * Math.sqrt(known));
    return (value, gradient, from, to) -> {
      for (int i = from; i < to; i++) {
        float slope = gradient[i] + added * value[i];
        float mean = flush(kept1 * first[i] + entering1 * slope);
        float square = flush(kept2 * second[i] + entering2 * slope * slope);
        first[i] = mean;
        second[i] = square;
        value[i] = left * value[i] - rectified * (mean / ((float) Math.sqrt(square) + small));
      }
    };
  }

  @Override
  public String toString() {
    return "RAdam[learningRate=%s, beta1=%s, beta2=%s, epsilon=%s, %s]"
        .formatted(learningRate(), beta1, beta2, epsilon, weightDecay);
  }
}
