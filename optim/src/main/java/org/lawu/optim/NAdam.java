package org.lawu.optim;

import static org.lawu.optim.Subnormals.flush;

import org.lawu.tensor.Parameter;

/**
 * NAdam: Adam with Nesterov's momentum, which looks a step ahead ({@code torch.optim.NAdam}). In
 * step {@code t}:
 *
 * <pre>
 * g = gradient + weightDecay w
 * u(t) = beta1 (1 - 0.96^(t momentumDecay) / 2),  U = u(1) u(2) ... u(t)
 * m = beta1 m + (1 - beta1) g
 * v = beta2 v + (1 - beta2) g^2
 * s = u(t + 1) m / (1 - U u(t + 1)) + (1 - u(t)) g / (1 - U)
 * w = w - learningRate s / (sqrt(v / (1 - beta2^t)) + epsilon)
 * </pre>
 *
 * <p>Dozat, "Incorporating Nesterov momentum into Adam" (ICLR workshop 2016).
 */
public final class NAdam extends Optimizer {
  private static final double SCHEDULE = 0.96;

  /** Beside 1, a product this small does not count. */
  private static final double NEGLIGIBLE = 1e-18;

  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final WeightDecay weightDecay;
  private final double momentumDecay;
  private final boolean repeating;

  /** NAdam with the learning rate 0.002. */
  public NAdam() {
    this(2e-3);
  }

  /** NAdam with betas 0.9 and 0.999, epsilon 1e-8, no weight decay and momentum decay 0.004. */
  public NAdam(double learningRate) {
    this(learningRate, 0.9, 0.999, 1e-8, WeightDecay.NONE, 4e-3, false);
  }

  private NAdam(
      double learningRate,
      double beta1,
      double beta2,
      double epsilon,
      WeightDecay weightDecay,
      double momentumDecay,
      boolean repeating) {
    super(learningRate);
    this.beta1 = Setting.decay("beta1", beta1);
    this.beta2 = Setting.decay("beta2", beta2);
    this.epsilon = Setting.notNegative("epsilon", epsilon);
    this.weightDecay = weightDecay;
    this.momentumDecay = Setting.notNegative("momentumDecay", momentumDecay);
    this.repeating = repeating;
  }

  /** The parts that the running means of gradients and squares keep; 0.9 and 0.999 by default. */
  public NAdam betas(double beta1, double beta2) {
    return new NAdam(learningRate(), beta1, beta2, epsilon, weightDecay, momentumDecay, repeating);
  }

  /** What keeps the denominator from zero; 1e-8 by default. */
  public NAdam epsilon(double epsilon) {
    return new NAdam(learningRate(), beta1, beta2, epsilon, weightDecay, momentumDecay, repeating);
  }

  /** The weight of the L2 penalty, which enters the gradient; 0 by default. */
  public NAdam weightDecay(double weightDecay) {
    var decay = WeightDecay.penalty(weightDecay);
    return new NAdam(learningRate(), beta1, beta2, epsilon, decay, momentumDecay, repeating);
  }

  /**
   * Instead of a penalty, the part of a weight, times the learning rate, that a step takes away, as
   * in {@link AdamW}.
   */
  public NAdam decoupledWeightDecay(double weightDecay) {
    var decay = WeightDecay.decoupled(weightDecay);
    return new NAdam(learningRate(), beta1, beta2, epsilon, decay, momentumDecay, repeating);
  }

  /** How fast the momentum grows from half of beta1 to beta1; 0.004 by default. */
  public NAdam momentumDecay(double momentumDecay) {
    return new NAdam(learningRate(), beta1, beta2, epsilon, weightDecay, momentumDecay, repeating);
  }

  /**
   * Counts {@code u(t)} twice in the product up to {@code t + 1}, as PyTorch did before version 2.0
   * (corrected there in pull request 92699): only to repeat a computation of that time.
   */
  public NAdam repeatingMomentum() {
    return new NAdam(learningRate(), beta1, beta2, epsilon, weightDecay, momentumDecay, true);
  }

  private double momentum(int step) {
    return beta1 * (1 - 0.5 * Math.pow(SCHEDULE, step * momentumDecay));
  }

  /** The product of the momenta up to a step, found anew: it is soon negligible. */
  private double momentumProduct(int step) {
    double ratio = Math.pow(SCHEDULE, momentumDecay);
    double power = 1;
    double product = 1;
    for (int i = 1; i <= step && product > NEGLIGIBLE; i++) {
      power *= ratio;
      product *= beta1 * (1 - 0.5 * power);
    }
    return product;
  }

  @Override
  protected Parameter.Update rule(State state) {
    int step = state.step();
    double product = momentumProduct(step);
    double next = momentum(step + 1);
    double nextProduct = product * next * (repeating ? momentum(step) : 1);
    float[] first = state.array("exp_avg");
    float[] second = state.array("exp_avg_sq");
    float kept1 = (float) beta1;
    float kept2 = (float) beta2;
    float entering1 = (float) (1 - beta1);
    float entering2 = (float) (1 - beta2);
    float added = (float) weightDecay.added();
    float left = (float) weightDecay.left(learningRate());
    float small = (float) epsilon;
    float rateOfMean = (float) (learningRate() * next / (1 - nextProduct));
    float rateOfSlope = (float) (learningRate() * (1 - momentum(step)) / (1 - product));
    float scale = (float) (1 / Math.sqrt(1 - Math.pow(beta2, step)));
    return (value, gradient, from, to) -> {
      for (int i = from; i < to; i++) {
        float slope = gradient[i] + added * value[i];
        float mean = flush(kept1 * first[i] + entering1 * slope);
        float square = flush(kept2 * second[i] + entering2 * slope * slope);
        first[i] = mean;
        second[i] = square;
        float denominator = (float) Math.sqrt(square) * scale + small;
        value[i] = left * value[i] - (rateOfMean * mean + rateOfSlope * slope) / denominator;
      }
    };
  }

  @Override
  public String toString() {
    return "NAdam[learningRate=%s, beta1=%s, beta2=%s, epsilon=%s, %s, momentumDecay=%s%s]"
        .formatted(
            learningRate(),
            beta1,
            beta2,
            epsilon,
            weightDecay,
            momentumDecay,
            repeating ? ", repeatingMomentum" : "");
  }
}
