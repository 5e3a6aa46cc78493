package org.lawu.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lawu.random.Philox;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;

/**
 * Settings that no reference case has, against the documented formulas in double precision, on so
 * many elements that several threads share them.
 */
class FormulasTest {
  private static final int ELEMENTS = 100_003;
  private static final int STEPS = 8;

  /** One element; {@code memory} is all zero before step 1. */
  @FunctionalInterface
  interface Formula {
    double next(double w, double gradient, double[] memory, int step);
  }

  static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of(
            new Sgd(0.1).weightDecay(0.2), (Formula) (w, g, memory, t) -> w - 0.1 * (g + 0.2 * w)),
        Arguments.of(
            new Sgd(0.1).momentum(0.9).dampening(0.5).weightDecay(0.2),
            (Formula)
                (w, g, memory, t) -> {
                  double slope = g + 0.2 * w;
                  memory[0] = t == 1 ? slope : 0.9 * memory[0] + 0.5 * slope;
                  return w - 0.1 * memory[0];
                }),
        Arguments.of(
            new Adam(0.1).betas(0.8, 0.9).epsilon(0.1).weightDecay(0.2),
            (Formula) (w, g, memory, t) -> adam(w, g + 0.2 * w, memory, t, false)),
        Arguments.of(
            new AdamW(0.1).betas(0.8, 0.9).epsilon(0.1).weightDecay(0.2).amsgrad(),
            (Formula) (w, g, memory, t) -> adam(w - 0.1 * 0.2 * w, g, memory, t, true)),
        Arguments.of(
            new RmsProp(0.1).alpha(0.8).epsilon(0.1).weightDecay(0.2),
            (Formula) (w, g, memory, t) -> rmsProp(w, g + 0.2 * w, memory, 0, false)),
        Arguments.of(
            new RmsProp(0.1).alpha(0.8).epsilon(0.1).weightDecay(0.2).momentum(0.7),
            (Formula) (w, g, memory, t) -> rmsProp(w, g + 0.2 * w, memory, 0.7, false)),
        Arguments.of(
            new RmsProp(0.1).alpha(0.8).epsilon(0.1).centered(),
            (Formula) (w, g, memory, t) -> rmsProp(w, g, memory, 0, true)),
        Arguments.of(
            new NAdam(0.1).betas(0.8, 0.9).epsilon(0.1).weightDecay(0.2).momentumDecay(0.5),
            (Formula) (w, g, memory, t) -> nAdam(w, g + 0.2 * w, memory, t)),
        Arguments.of(
            new NAdam(0.1)
                .betas(0.8, 0.9)
                .epsilon(0.1)
                .decoupledWeightDecay(0.2)
                .momentumDecay(0.5),
            (Formula) (w, g, memory, t) -> nAdam(w, g, memory, t) - 0.1 * 0.2 * w),
        Arguments.of(
            new RAdam(0.1).betas(0.8, 0.9).epsilon(0.1).weightDecay(0.2),
            (Formula) (w, g, memory, t) -> rAdam(w, g + 0.2 * w, memory, t)),
        Arguments.of(
            new RAdam(0.1).betas(0.8, 0.9).epsilon(0.1).decoupledWeightDecay(0.2),
            (Formula) (w, g, memory, t) -> rAdam(w, g, memory, t) - 0.1 * 0.2 * w),
        Arguments.of(
            new Adamax(0.1).betas(0.8, 0.9).epsilon(0.1).weightDecay(0.2),
            (Formula)
                (w, g, memory, t) -> {
                  double slope = g + 0.2 * w;
                  memory[0] = 0.8 * memory[0] + 0.2 * slope;
                  memory[1] = Math.max(0.9 * memory[1], Math.abs(slope) + 0.1);
                  return w - 0.1 / (1 - Math.pow(0.8, t)) * memory[0] / memory[1];
                }),
        Arguments.of(
            new Adagrad(0.1)
                .epsilon(0.1)
                .weightDecay(0.2)
                .learningRateDecay(0.3)
                .initialAccumulator(0.5),
            (Formula)
                (w, g, memory, t) -> {
                  double slope = g + 0.2 * w;
                  memory[0] += slope * slope;
                  double root = Math.sqrt(memory[0] + 0.5);
                  return w - 0.1 / (1 + (t - 1) * 0.3) * slope / (root + 0.1);
                }),
        Arguments.of(
            new Adadelta(0.7).rho(0.8).epsilon(0.1).weightDecay(0.2),
            (Formula)
                (w, g, memory, t) -> {
                  double slope = g + 0.2 * w;
                  memory[0] = 0.8 * memory[0] + 0.2 * slope * slope;
                  double change = Math.sqrt((memory[1] + 0.1) / (memory[0] + 0.1)) * slope;
                  memory[1] = 0.8 * memory[1] + 0.2 * change * change;
                  return w - 0.7 * change;
                }));
  }

  private static double nAdam(double w, double g, double[] memory, int t) {
    // The product of the momenta, from the second step on.
    double product = t == 1 ? momentum(1) : memory[2] * momentum(t);
    memory[2] = product;
    memory[0] = 0.8 * memory[0] + 0.2 * g;
    memory[1] = 0.9 * memory[1] + 0.1 * g * g;
    double next = momentum(t + 1);
    double ahead = next * memory[0] / (1 - product * next) + (1 - momentum(t)) * g / (1 - product);
    return w - 0.1 * ahead / (Math.sqrt(memory[1] / (1 - Math.pow(0.9, t))) + 0.1);
  }

  private static double momentum(int t) {
    return 0.8 * (1 - 0.5 * Math.pow(0.96, 0.5 * t));
  }

  private static double rAdam(double w, double g, double[] memory, int t) {
    memory[0] = 0.8 * memory[0] + 0.2 * g;
    memory[1] = 0.9 * memory[1] + 0.1 * g * g;
    double mean = memory[0] / (1 - Math.pow(0.8, t));
    double known = 1 - Math.pow(0.9, t);
    double most = 19;
    double count = most - 2 * t * Math.pow(0.9, t) / known;
    if (count <= 5) {
      return w - 0.1 * mean;
    }
    double rectification =
        Math.sqrt((count - 4) * (count - 2) * most / ((most - 4) * (most - 2) * count));
    return w - 0.1 * mean * rectification * Math.sqrt(known) / (Math.sqrt(memory[1]) + 0.1);
  }

  private static double adam(double w, double g, double[] memory, int t, boolean amsgrad) {
    memory[0] = 0.8 * memory[0] + 0.2 * g;
    memory[1] = 0.9 * memory[1] + 0.1 * g * g;
    memory[2] = amsgrad ? Math.max(memory[2], memory[1]) : memory[1];
    double mean = memory[0] / (1 - Math.pow(0.8, t));
    double square = memory[2] / (1 - Math.pow(0.9, t));
    return w - 0.1 * mean / (Math.sqrt(square) + 0.1);
  }

  private static double rmsProp(
      double w, double g, double[] memory, double momentum, boolean centered) {
    memory[0] = 0.8 * memory[0] + 0.2 * g * g;
    memory[1] = centered ? 0.8 * memory[1] + 0.2 * g : 0;
    double deviation = Math.sqrt(memory[0] - memory[1] * memory[1]);
    memory[2] = momentum * memory[2] + g / (deviation + 0.1);
    return w - 0.1 * memory[2];
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void agrees(Optimizer optimizer, Formula formula) {
    var random = new Philox(7);
    var parameter = new Parameter("weight", Tensor.normal(random, 0, 1, ELEMENTS));
    double[] expected = parameter.value().toDoubleArray();
    double[][] memory = new double[ELEMENTS][3];
    for (int step = 1; step <= STEPS; step++) {
      Tensor gradient = Tensor.normal(random, 0, 1, ELEMENTS);
      optimizer.step(Slopes.of(parameter, gradient));
      double[] slopes = gradient.toDoubleArray();
      for (int i = 0; i < ELEMENTS; i++) {
        expected[i] = formula.next(expected[i], slopes[i], memory[i], step);
      }
      assertThat(parameter.value().allClose(Tensor.of(expected), 3e-6, 3e-6))
          .as("step %d", step)
          .isTrue();
    }
  }
}
