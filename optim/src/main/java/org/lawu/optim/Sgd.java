package org.lawu.optim;

import static org.lawu.optim.Subnormals.flush;

import org.lawu.error.ArgumentException;
import org.lawu.tensor.Parameter;

/**
 * Stochastic gradient descent, with momentum in PyTorch's form ({@code torch.optim.SGD}):
 *
 * <pre>
 * g = gradient + weightDecay w
 * b = momentum b + (1 - dampening) g        (b = g in the first step)
 * w = w - learningRate b                    or, with Nesterov's momentum,
 * w = w - learningRate (g + momentum b)
 * </pre>
 *
 * <p>Sutskever et al., "On the importance of initialization and momentum in deep learning" (ICML
 * 2013), whose form differs in that the learning rate enters {@code b}.
 */
public final class Sgd extends Optimizer {
  private final double momentum;
  private final double dampening;
  private final double weightDecay;
  private final boolean nesterov;

  /** Gradient descent with the learning rate 0.001. */
  public Sgd() {
    this(1e-3);
  }

  /** Plain gradient descent: no momentum, no weight decay. */
  public Sgd(double learningRate) {
    this(learningRate, 0, 0, 0, false);
  }

  private Sgd(
      double learningRate,
      double momentum,
      double dampening,
      double weightDecay,
      boolean nesterov) {
    super(learningRate);
    this.momentum = Setting.notNegative("momentum", momentum);
    this.dampening = Setting.notNegative("dampening", dampening);
    this.weightDecay = Setting.notNegative("weightDecay", weightDecay);
    this.nesterov = nesterov;
    if (nesterov && (momentum == 0 || dampening != 0)) {
      throw new ArgumentException(
          "nesterov: needs momentum and no dampening, got momentum %s and dampening %s; call"
                  .formatted(momentum, dampening)
              + " momentum(0.9) before nesterov()");
    }
  }

  /** The part of the last step that goes on, usually 0.9; 0 by default. */
  public Sgd momentum(double momentum) {
    return new Sgd(learningRate(), momentum, dampening, weightDecay, nesterov);
  }

  /** How much less than whole a gradient enters the momentum; 0 by default. */
  public Sgd dampening(double dampening) {
    return new Sgd(learningRate(), momentum, dampening, weightDecay, nesterov);
  }

  /** The weight of the L2 penalty, which pulls weights to zero; 0 by default. */
  public Sgd weightDecay(double weightDecay) {
    return new Sgd(learningRate(), momentum, dampening, weightDecay, nesterov);
  }

  /**
   * With Nesterov's momentum, which looks a step ahead.
   *
   * @throws ArgumentException if there is no momentum, or dampening
   */
  public Sgd nesterov() {
    return new Sgd(learningRate(), momentum, dampening, weightDecay, true);
  }

  @Override
  protected Parameter.Update rule(State state) {
    float rate = (float) learningRate();
    float decay = (float) weightDecay;
    if (momentum == 0) {
      return plain(rate, decay);
    }
    float[] buffer = state.array("momentum_buffer");
    float kept = (float) momentum;
    float entering = state.step() == 1 ? 1 : (float) (1 - dampening);
    return nesterov
        ? ahead(buffer, rate, decay, kept)
        : heavyBall(buffer, rate, decay, kept, entering);
  }

  private static Parameter.Update plain(float rate, float decay) {
    return (value, gradient, from, to) -> {
      for (int i = from; i < to; i++) {
        value[i] -= rate * (gradient[i] + decay * value[i]);
      }
    };
  }

  private static Parameter.Update heavyBall(
      float[] buffer, float rate, float decay, float kept, float entering) {
    return (value, gradient, from, to) -> {
      for (int i = from; i < to; i++) {
        float slope = gradient[i] + decay * value[i];
        float mean = flush(kept * buffer[i] + entering * slope);
        buffer[i] = mean;
        value[i] -= rate * mean;
      }
    };
  }

  private static Parameter.Update ahead(float[] buffer, float rate, float decay, float kept) {
    return (value, gradient, from, to) -> {
      for (int i = from; i < to; i++) {
        float slope = gradient[i] + decay * value[i];
        float mean = flush(kept * buffer[i] + slope);
        buffer[i] = mean;
        value[i] -= rate * (slope + kept * mean);
      }
    };
  }

  @Override
  public String toString() {
    return "Sgd[learningRate=%s, momentum=%s, dampening=%s, weightDecay=%s, nesterov=%s]"
        .formatted(learningRate(), momentum, dampening, weightDecay, nesterov);
  }
}
