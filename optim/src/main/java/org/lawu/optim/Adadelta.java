package org.lawu.optim;

import static org.lawu.optim.Subnormals.flush;

import org.lawu.tensor.Parameter;

/**
 * Adadelta: gradients scaled by the ratio of the root mean squares of past changes and past
 * gradients, so that steps have the unit of the weight ({@code torch.optim.Adadelta}).
 *
 * <pre>
 * g = gradient + weightDecay w
 * v = rho v + (1 - rho) g^2
 * d = sqrt(a + epsilon) / sqrt(v + epsilon) g
 * a = rho a + (1 - rho) d^2
 * w = w - learningRate d
 * </pre>
 *
 * <p>Zeiler, "Adadelta: an adaptive learning rate method" (2012).
 */
public final class Adadelta extends Optimizer {
  private final double rho;
  private final double epsilon;
  private final double weightDecay;

  /** Adadelta with the learning rate 1, that of the paper. */
  public Adadelta() {
    this(1);
  }

  /** Adadelta with rho 0.9, epsilon 1e-6 and no weight decay. */
  public Adadelta(double learningRate) {
    this(learningRate, 0.9, 1e-6, 0);
  }

  private Adadelta(double learningRate, double rho, double epsilon, double weightDecay) {
    super(learningRate);
    this.rho = Setting.decay("rho", rho);
    this.epsilon = Setting.notNegative("epsilon", epsilon);
    this.weightDecay = Setting.notNegative("weightDecay", weightDecay);
  }

  /** The part that the running means keep; 0.9 by default. */
  public Adadelta rho(double rho) {
    return new Adadelta(learningRate(), rho, epsilon, weightDecay);
  }

  /** What starts the changes and keeps the denominator from zero; 1e-6 by default. */
  public Adadelta epsilon(double epsilon) {
    return new Adadelta(learningRate(), rho, epsilon, weightDecay);
  }

  /** The weight of the L2 penalty, which enters the gradient; 0 by default. */
  public Adadelta weightDecay(double weightDecay) {
    return new Adadelta(learningRate(), rho, epsilon, weightDecay);
  }

  @Override
  protected Parameter.Update rule(State state) {
    float[] second = state.array("square_avg");
    float[] changes = state.array("acc_delta");
    float kept = (float) rho;
    float entering = (float) (1 - rho);
    float decay = (float) weightDecay;
    float small = (float) epsilon;
    float rate = (float) learningRate();
    return (value, gradient, from, to) -> {
      for (int i = from; i < to; i++) {
        float slope = gradient[i] + decay * value[i];
        float square = flush(kept * second[i] + entering * slope * slope);
        float change =
            (float) Math.sqrt(changes[i] + small) / (float) Math.sqrt(square + small) * slope;
        second[i] = square;
        changes[i] = flush(kept * changes[i] + entering * change * change);
        value[i] -= rate * change;
      }
    };
  }

  @Override
  public String toString() {
    return "Adadelta[learningRate=%s, rho=%s, epsilon=%s, weightDecay=%s]"
        .formatted(learningRate(), rho, epsilon, weightDecay);
  }
}
