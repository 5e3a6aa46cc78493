package org.lawu.optim;

import org.lawu.tensor.Parameter;

/**
 * Adagrad: gradients divided by the root of the sum of all squares so far, so that what changes
 * often changes ever less ({@code torch.optim.Adagrad}). In step {@code t}:
 *
 * <pre>
 * g = gradient + weightDecay w
 * s = s + g^2                                  (first initialAccumulator)
 * w = w - learningRate / (1 + (t - 1) learningRateDecay) g / (sqrt(s) + epsilon)
 * </pre>
 *
 * <p>Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic
 * optimization" (JMLR 2011).
 */
public final class Adagrad extends Optimizer {
  private final double epsilon;
  private final double weightDecay;
  private final double learningRateDecay;
  private final double initialAccumulator;

  /** Adagrad with the learning rate 0.01. */
  public Adagrad() {
    this(1e-2);
  }

  /** Adagrad with epsilon 1e-10, no decay of weights or rate, and sums that start at 0. */
  public Adagrad(double learningRate) {
    this(learningRate, 1e-10, 0, 0, 0);
  }

  private Adagrad(
      double learningRate,
      double epsilon,
      double weightDecay,
      double learningRateDecay,
      double initialAccumulator) {
    super(learningRate);
    this.epsilon = Setting.notNegative("epsilon", epsilon);
    this.weightDecay = Setting.notNegative("weightDecay", weightDecay);
    this.learningRateDecay = Setting.notNegative("learningRateDecay", learningRateDecay);
    this.initialAccumulator = Setting.notNegative("initialAccumulator", initialAccumulator);
  }

  /** What keeps the denominator from zero; 1e-10 by default. */
  public Adagrad epsilon(double epsilon) {
    return new Adagrad(learningRate(), epsilon, weightDecay, learningRateDecay, initialAccumulator);
  }

  /** The weight of the L2 penalty, which enters the gradient; 0 by default. */
  public Adagrad weightDecay(double weightDecay) {
    return new Adagrad(learningRate(), epsilon, weightDecay, learningRateDecay, initialAccumulator);
  }

  /** How fast the learning rate falls with the steps, beside the sums; 0 by default. */
  public Adagrad learningRateDecay(double learningRateDecay) {
    return new Adagrad(learningRate(), epsilon, weightDecay, learningRateDecay, initialAccumulator);
  }

  /** Where the sums of squares start; 0 by default. */
  public Adagrad initialAccumulator(double initialAccumulator) {
    return new Adagrad(learningRate(), epsilon, weightDecay, learningRateDecay, initialAccumulator);
  }

  @Override
  protected Parameter.Update rule(State state) {
    float[] sum = state.array("sum", (float) initialAccumulator);
    float rate = (float) (learningRate() / (1 + (state.step() - 1) * learningRateDecay));
    float decay = (float) weightDecay;
    float small = (float) epsilon;
    return (value, gradient, from, to) -> {
      for (int i = from; i < to; i++) {
        float slope = gradient[i] + decay * value[i];
        float squares = sum[i] + slope * slope;
        sum[i] = squares;
        value[i] -= rate * (slope / ((float) Math.sqrt(squares) + small));
      }
    };
  }

  @Override
  public String toString() {
    return "Adagrad[learningRate=%s, epsilon=%s, weightDecay=%s, learningRateDecay=%s, initialAccumulator=%s]"
        .formatted(learningRate(), epsilon, weightDecay, learningRateDecay, initialAccumulator);
  }
}
