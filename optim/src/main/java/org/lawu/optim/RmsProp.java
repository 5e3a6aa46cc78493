package org.lawu.optim;

import static org.lawu.optim.Subnormals.flush;

import org.lawu.tensor.Parameter;

/**
 * RMSprop: gradients divided by the root of a running mean of their squares ({@code
 * torch.optim.RMSprop}, which adds epsilon after the root).
 *
 * <pre>
 * g = gradient + weightDecay w
 * v = alpha v + (1 - alpha) g^2
 * a = alpha a + (1 - alpha) g               (0 unless centered)
 * s = g / (sqrt(v - a^2) + epsilon)
 * b = momentum b + s
 * w = w - learningRate b
 * </pre>
 *
 * <p>Hinton, "Neural networks for machine learning", lecture 6e (2012); centered: Graves,
 * "Generating sequences with recurrent neural networks" (2013). Where rounding makes {@code v -
 * a^2} negative it counts as zero, while PyTorch's weight becomes NaN.
 */
public final class RmsProp extends Optimizer {
  private final double alpha;
  private final double epsilon;
  private final double momentum;
  private final double weightDecay;
  private final boolean centered;

  /** RMSprop with the learning rate 0.01. */
  public RmsProp() {
    this(1e-2);
  }

  /** RMSprop with alpha 0.99, epsilon 1e-8, no momentum and no weight decay, not centered. */
  public RmsProp(double learningRate) {
    this(learningRate, 0.99, 1e-8, 0, 0, false);
  }

  private RmsProp(
      double learningRate,
      double alpha,
      double epsilon,
      double momentum,
      double weightDecay,
      boolean centered) {
    super(learningRate);
    this.alpha = Setting.decay("alpha", alpha);
    this.epsilon = Setting.notNegative("epsilon", epsilon);
    this.momentum = Setting.notNegative("momentum", momentum);
    this.weightDecay = Setting.notNegative("weightDecay", weightDecay);
    this.centered = centered;
  }

  /** The part that the running means keep; 0.99 by default. */
  public RmsProp alpha(double alpha) {
    return new RmsProp(learningRate(), alpha, epsilon, momentum, weightDecay, centered);
  }

  /** What keeps the denominator from zero; 1e-8 by default. */
  public RmsProp epsilon(double epsilon) {
    return new RmsProp(learningRate(), alpha, epsilon, momentum, weightDecay, centered);
  }

  /** The part of the last step that goes on; 0 by default. */
  public RmsProp momentum(double momentum) {
    return new RmsProp(learningRate(), alpha, epsilon, momentum, weightDecay, centered);
  }

  /** The weight of the L2 penalty, which pulls weights to zero; 0 by default. */
  public RmsProp weightDecay(double weightDecay) {
    return new RmsProp(learningRate(), alpha, epsilon, momentum, weightDecay, centered);
  }

  /** Divides by the standard deviation of the gradients instead of their root mean square. */
  public RmsProp centered() {
    return new RmsProp(learningRate(), alpha, epsilon, momentum, weightDecay, true);
  }

  @Override
  protected Parameter.Update rule(State state) {
    float rate = (float) learningRate();
    float decay = (float) weightDecay;
    float kept = (float) alpha;
    float entering = (float) (1 - alpha);
    float small = (float) epsilon;
    float[] second = state.array("square_avg");
    if (!centered && momentum == 0) {
      return (value, gradient, from, to) -> {
        for (int i = from; i < to; i++) {
          float slope = gradient[i] + decay * value[i];
          float square = flush(kept * second[i] + entering * slope * slope);
          second[i] = square;
          value[i] -= rate * (slope / ((float) Math.sqrt(square) + small));
        }
      };
    }
    // The rest in one: without centering the mean stays zero, without momentum b is s.
    float[] first = state.array("grad_avg");
    float[] buffer = state.array("momentum_buffer");
    float enteringMean = centered ? entering : 0;
    float lasting = (float) momentum;
    return (value, gradient, from, to) -> {
      // Two loops, because C2 does not vectorise one over so many arrays.
      for (int i = from; i < to; i++) {
        float slope = gradient[i] + decay * value[i];
        first[i] = flush(kept * first[i] + enteringMean * slope);
        second[i] = flush(kept * second[i] + entering * slope * slope);
      }
      for (int i = from; i < to; i++) {
        float slope = gradient[i] + decay * value[i];
        float root = (float) Math.sqrt(Math.max(0, second[i] - first[i] * first[i]));
        float step = flush(lasting * buffer[i] + slope / (root + small));
        buffer[i] = step;
        value[i] -= rate * step;
      }
    };
  }

  @Override
  public String toString() {
    return "RmsProp[learningRate=%s, alpha=%s, epsilon=%s, momentum=%s, weightDecay=%s, centered=%s]"
        .formatted(learningRate(), alpha, epsilon, momentum, weightDecay, centered);
  }
}
