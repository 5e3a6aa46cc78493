package org.lawu.optim;

import static org.lawu.optim.Subnormals.flush;

import org.lawu.tensor.Parameter;

/**
 * What Adam and AdamW have in common, which is all but where the weight decay enters.
 *
 * @param beta1 the part of the gradients' running mean that a step keeps
 * @param beta2 the same for the squared gradients
 * @param epsilon added to the denominator
 * @param weightDecay the strength of the decay
 * @param amsgrad whether the denominator uses the largest mean of squares so far
 */
record AdaptiveMoments(
    double beta1, double beta2, double epsilon, double weightDecay, boolean amsgrad) {

  AdaptiveMoments {
    Setting.decay("beta1", beta1);
    Setting.decay("beta2", beta2);
    Setting.notNegative("epsilon", epsilon);
    Setting.notNegative("weightDecay", weightDecay);
  }

  AdaptiveMoments withBetas(double beta1, double beta2) {
    return new AdaptiveMoments(beta1, beta2, epsilon, weightDecay, amsgrad);
  }

  AdaptiveMoments withEpsilon(double epsilon) {
    return new AdaptiveMoments(beta1, beta2, epsilon, weightDecay, amsgrad);
  }

  AdaptiveMoments withWeightDecay(double weightDecay) {
    return new AdaptiveMoments(beta1, beta2, epsilon, weightDecay, amsgrad);
  }

  AdaptiveMoments withAmsgrad() {
    return new AdaptiveMoments(beta1, beta2, epsilon, weightDecay, true);
  }

  /**
   * One step.
   *
   * @param penalty what part of the weight is added to the gradient
   * @param shrinkage what part of the weight is left before the step
   */
  Parameter.Update rule(
      Optimizer.State state, double learningRate, double penalty, double shrinkage) {
    float[] first = state.array("exp_avg");
    float[] second = state.array("exp_avg_sq");
    float kept1 = (float) beta1;
    float kept2 = (float) beta2;
    float entering1 = (float) (1 - beta1);
    float entering2 = (float) (1 - beta2);
    float added = (float) penalty;
    float left = (float) shrinkage;
    float small = (float) epsilon;
    // The means start at zero; after t steps they hold the part 1 - beta^t of what they should.
    float rate = (float) (learningRate / (1 - Math.pow(beta1, state.step())));
    float scale = (float) (1 / Math.sqrt(1 - Math.pow(beta2, state.step())));
    if (!amsgrad) {
      return (value, gradient, from, to) -> {
        for (int i = from; i < to; i++) {
          float slope = gradient[i] + added * value[i];
          float mean = flush(kept1 * first[i] + entering1 * slope);
          float square = flush(kept2 * second[i] + entering2 * slope * slope);
          first[i] = mean;
          second[i] = square;
          float denominator = (float) Math.sqrt(square) * scale + small;
          value[i] = left * value[i] - rate * (mean / denominator);
        }
      };
    }
    float[] largest = state.array("max_exp_avg_sq");
    return (value, gradient, from, to) -> {
      // Two loops, because C2 does not vectorise one over so many arrays.
      for (int i = from; i < to; i++) {
        float slope = gradient[i] + added * value[i];
        float square = flush(kept2 * second[i] + entering2 * slope * slope);
        first[i] = flush(kept1 * first[i] + entering1 * slope);
        second[i] = square;
        largest[i] = Math.max(largest[i], square);
      }
      for (int i = from; i < to; i++) {
        float denominator = (float) Math.sqrt(largest[i]) * scale + small;
        value[i] = left * value[i] - rate * (first[i] / denominator);
      }
    };
  }
}
