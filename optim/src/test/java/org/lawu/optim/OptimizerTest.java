package org.lawu.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.GradientException;
import org.lawu.error.LawuException;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Gradients;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Workspace;

class OptimizerTest {

  private static Parameter parameter(float... elements) {
    return new Parameter("weight", Tensor.of(elements));
  }

  @Test
  void changesOnlyParametersWithGradients() {
    var used = parameter(1, 2);
    var unused = parameter(3);
    new Sgd(0.5).step(Slopes.of(used, 2, 4));
    assertThat(used.value()).isEqualTo(Tensor.of(0f, 0f));
    assertThat(unused.value()).isEqualTo(Tensor.of(3f));
  }

  @Test
  void leavesTensorsTakenBeforeTheStepAsTheyWere() {
    var parameter = parameter(1, 2);
    Tensor before = parameter.value();
    new Sgd(0.5).step(Slopes.of(parameter, 2, 4));
    assertThat(before).isEqualTo(Tensor.of(1f, 2f));
  }

  @Test
  void changesAParameterOfNoElements() {
    var empty = new Parameter("empty", Tensor.zeros(0, 3));
    new Adam().step(Slopes.of(empty, Tensor.zeros(0, 3)));
    assertThat(empty.value()).isEqualTo(Tensor.zeros(0, 3));
  }

  @Test
  void countsStepsForEachParameter() {
    var optimizer = new Adam(0.1);
    var early = parameter(0);
    var late = parameter(0);
    optimizer.step(Slopes.of(early, 1));
    optimizer.step(Slopes.of(late, 1));
    // Bias-corrected, the first step has the length of the learning rate.
    assertThat(late.value()).isEqualTo(early.value());
    assertThat(late.value().item()).isCloseTo(-0.1, within(1e-7));
  }

  @Test
  void followsItsLearningRate() {
    var optimizer = new Sgd(0.5);
    var parameter = parameter(1);
    optimizer.learningRate(0.25);
    optimizer.step(Slopes.of(parameter, 1));
    assertThat(optimizer.learningRate()).isEqualTo(0.25);
    assertThat(parameter.value()).isEqualTo(Tensor.of(0.75f));
  }

  @Test
  void startsAnewWithOtherSettings() {
    var first = new Sgd(0.5).momentum(0.5);
    var parameter = parameter(0);
    first.step(Slopes.of(parameter, 1));
    first.dampening(0.5).step(Slopes.of(parameter, 1));
    assertThat(parameter.value()).isEqualTo(Tensor.of(-1f));
  }

  @Test
  void appliesNanLikeOtherNumbers() {
    var parameter = parameter(1, 1);
    new Adam(0.1).step(Slopes.of(parameter, Float.NaN, 1));
    assertThat(parameter.value().get(0)).isNaN();
    assertThat(parameter.value().get(1)).isLessThan(1);
  }

  @Test
  void changesNothingWhenOneParameterCannotBe() {
    var first = parameter(1);
    var twice = new Parameter("scale", Tensor.of(2.0));
    var last = parameter(3);
    var optimizer = new Sgd(0.1).momentum(0.9);
    Tensor scale = twice.value().to(DType.FLOAT32);
    Tensor loss = first.value().mul(scale).mul(last.value()).sum();
    assertThatThrownBy(() -> optimizer.step(loss.backward()))
        .isInstanceOf(DTypeException.class)
        .hasMessage(
            "step: optimizers train FLOAT32 parameters: scale [1] is FLOAT64; make it of FLOAT32"
                + " values, or use Lbfgs");
    assertThat(first.value()).isEqualTo(Tensor.of(1f));
    assertThat(twice.value()).isEqualTo(Tensor.of(2.0));
    assertThat(last.value()).isEqualTo(Tensor.of(3f));
    // Nothing is remembered of it either.
    optimizer.step(Slopes.of(first, 1));
    assertThat(first.value()).isEqualTo(Tensor.of(0.9f));
  }

  @Test
  void changesNothingWhenAGradientsMemoryWasUsedAgain() {
    var first = parameter(1);
    var large = new Parameter("large", Tensor.ones(1 << 14));
    var last = parameter(3);
    Gradients gradients =
        new Workspace()
            .run(
                () -> first.value().mul(large.value()).mul(last.value()).square().sum().backward());
    assertThatThrownBy(() -> new Sgd(0.1).step(gradients))
        .isInstanceOf(LawuException.class)
        .hasMessageContaining("its memory was used again");
    assertThat(first.value()).isEqualTo(Tensor.of(1f));
    assertThat(large.value()).isEqualTo(Tensor.ones(1 << 14));
    assertThat(last.value()).isEqualTo(Tensor.of(3f));
  }

  @Test
  void centeredRmsPropSurvivesGradientsWithoutVariance() {
    var parameter = new Parameter("weight", Tensor.zeros(1000));
    Tensor gradient = Tensor.uniform(new Philox(1), -1, 1, 1000);
    var optimizer = new RmsProp().alpha(0.9).centered();
    for (int step = 0; step < 300; step++) {
      optimizer.step(Slopes.of(parameter, gradient));
    }
    assertThat(parameter.value().toDoubleArray()).doesNotContain(Double.NaN);
  }

  @Test
  void lionStepsBySigns() {
    var optimizer = new Lion(0.5).betas(0.5, 0.75).weightDecay(0.5);
    var parameter = parameter(4, 4, 4);
    optimizer.step(Slopes.of(parameter, 8, -8, 0));
    // 4 - 0.5 (sign + 0.5 * 4); the mean is a quarter of the gradient.
    assertThat(parameter.value()).isEqualTo(Tensor.of(2.5f, 3.5f, 3f));
    // The mean of 2 outweighs a gradient of -1.
    optimizer.step(Slopes.of(parameter, -1, -1, 4));
    assertThat(parameter.value()).isEqualTo(Tensor.of(1.375f, 3.125f, 1.75f));
  }

  @Test
  void nAdamsMomentaReachTheirLimit() {
    var optimizer = new NAdam(1e-4).betas(0.9, 0.99);
    var parameter = parameter(0);
    for (int step = 0; step < 3000; step++) {
      optimizer.step(Slopes.of(parameter, 1));
    }
    // A constant gradient moves by about the learning rate in each step.
    assertThat(parameter.value().item()).isCloseTo(-0.3, within(1e-3));
  }

  @Test
  void needsAParameter() {
    Tensor leaf = Tensor.of(1f).withGradient();
    assertThatThrownBy(() -> new Sgd(0.1).step(leaf.sum().backward()))
        .isInstanceOf(GradientException.class)
        .hasMessage(
            "step: no parameter to change: the result depends on 1 tensors and no Parameter");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesALearningRate(double rate) {
    var optimizer = new Sgd(0.1);
    String message = "learningRate: must be a finite number and not negative, got " + rate;
    assertThatThrownBy(() -> new Adam(rate))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> optimizer.learningRate(rate))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(message);
    assertThat(optimizer.learningRate()).isEqualTo(0.1);
  }

  @Test
  void canBeWrittenByAnyone() {
    var signs =
        new Optimizer(0.5) {
          @Override
          protected Parameter.Update rule(State state) {
            float rate = (float) learningRate() * state.step();
            return (value, gradient, from, to) -> {
              for (int i = from; i < to; i++) {
                value[i] -= rate * Math.signum(gradient[i]);
              }
            };
          }
        };
    var parameter = parameter(0, 0);
    signs.step(Slopes.of(parameter, -7, 3));
    signs.step(Slopes.of(parameter, -7, 3));
    assertThat(parameter.value()).isEqualTo(Tensor.of(1.5f, -1.5f));
  }

  @Test
  void meansThatOnlyDecayReachZero() {
    var optimizer = new RememberingSgd();
    var parameter = parameter(1);
    optimizer.step(Slopes.of(parameter, 1));
    for (int step = 0; step < 2000; step++) {
      optimizer.step(Slopes.of(parameter, 0));
    }
    assertThat(optimizer.mean).isBetween(0f, 0x1p-110f);
    assertThat(optimizer.mean == 0 || optimizer.mean > 0x1p-126f).isTrue();
  }

  /** Only to look at what is remembered. */
  private static final class RememberingSgd extends Optimizer {
    private float mean;

    RememberingSgd() {
      super(0.1);
    }

    @Override
    protected Parameter.Update rule(State state) {
      float[] buffer = state.array("mean");
      return (value, gradient, from, to) -> {
        buffer[0] = Subnormals.flush(0.9f * buffer[0] + gradient[0]);
        mean = buffer[0];
      };
    }
  }
}
