package org.lawu.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lawu.error.ArgumentException;

class SettingsTest {

  @Test
  void defaultsArePyTorchs() {
    assertThat(new Sgd())
        .hasToString(
            "Sgd[learningRate=0.001, momentum=0.0, dampening=0.0, weightDecay=0.0, nesterov=false]");
    assertThat(new Adam())
        .hasToString(
            "Adam[learningRate=0.001, beta1=0.9, beta2=0.999, epsilon=1.0E-8, weightDecay=0.0,"
                + " amsgrad=false]");
    assertThat(new AdamW())
        .hasToString(
            "AdamW[learningRate=0.001, beta1=0.9, beta2=0.999, epsilon=1.0E-8, weightDecay=0.01,"
                + " amsgrad=false]");
    assertThat(new RmsProp())
        .hasToString(
            "RmsProp[learningRate=0.01, alpha=0.99, epsilon=1.0E-8, momentum=0.0, weightDecay=0.0,"
                + " centered=false]");
    assertThat(new NAdam())
        .hasToString(
            "NAdam[learningRate=0.002, beta1=0.9, beta2=0.999, epsilon=1.0E-8, weightDecay=0.0,"
                + " momentumDecay=0.004]");
    assertThat(new RAdam())
        .hasToString(
            "RAdam[learningRate=0.001, beta1=0.9, beta2=0.999, epsilon=1.0E-8, weightDecay=0.0]");
    assertThat(new Adamax())
        .hasToString(
            "Adamax[learningRate=0.002, beta1=0.9, beta2=0.999, epsilon=1.0E-8, weightDecay=0.0]");
    assertThat(new Adagrad())
        .hasToString(
            "Adagrad[learningRate=0.01, epsilon=1.0E-10, weightDecay=0.0, learningRateDecay=0.0,"
                + " initialAccumulator=0.0]");
    assertThat(new Adadelta())
        .hasToString("Adadelta[learningRate=1.0, rho=0.9, epsilon=1.0E-6, weightDecay=0.0]");
    assertThat(new Lion())
        .hasToString("Lion[learningRate=1.0E-4, beta1=0.9, beta2=0.99, weightDecay=0.0]");
  }

  @Test
  void keepOneAnother() {
    assertThat(new Sgd(0.1).momentum(0.9).weightDecay(0.01).nesterov())
        .hasToString(
            "Sgd[learningRate=0.1, momentum=0.9, dampening=0.0, weightDecay=0.01, nesterov=true]");
    assertThat(new Sgd(0.1).momentum(0.9).dampening(0.2))
        .hasToString(
            "Sgd[learningRate=0.1, momentum=0.9, dampening=0.2, weightDecay=0.0, nesterov=false]");
    assertThat(new Adam(0.1).betas(0.8, 0.9).epsilon(1e-6).weightDecay(0.2).amsgrad())
        .hasToString(
            "Adam[learningRate=0.1, beta1=0.8, beta2=0.9, epsilon=1.0E-6, weightDecay=0.2,"
                + " amsgrad=true]");
    assertThat(new AdamW(0.1).amsgrad().weightDecay(0.2).epsilon(1e-6).betas(0.8, 0.9))
        .hasToString(
            "AdamW[learningRate=0.1, beta1=0.8, beta2=0.9, epsilon=1.0E-6, weightDecay=0.2,"
                + " amsgrad=true]");
    assertThat(new RmsProp(0.1).centered().alpha(0.9).epsilon(1e-6).momentum(0.5).weightDecay(0.2))
        .hasToString(
            "RmsProp[learningRate=0.1, alpha=0.9, epsilon=1.0E-6, momentum=0.5, weightDecay=0.2,"
                + " centered=true]");
    assertThat(
            new NAdam(0.1)
                .betas(0.8, 0.9)
                .epsilon(1e-6)
                .momentumDecay(0.1)
                .decoupledWeightDecay(0.2))
        .hasToString(
            "NAdam[learningRate=0.1, beta1=0.8, beta2=0.9, epsilon=1.0E-6,"
                + " decoupledWeightDecay=0.2, momentumDecay=0.1]");
    assertThat(new RAdam(0.1).weightDecay(0.2).betas(0.8, 0.9).epsilon(1e-6))
        .hasToString(
            "RAdam[learningRate=0.1, beta1=0.8, beta2=0.9, epsilon=1.0E-6, weightDecay=0.2]");
    assertThat(new Adamax(0.1).weightDecay(0.2).betas(0.8, 0.9).epsilon(1e-6))
        .hasToString(
            "Adamax[learningRate=0.1, beta1=0.8, beta2=0.9, epsilon=1.0E-6, weightDecay=0.2]");
    assertThat(
            new Adagrad(0.1)
                .initialAccumulator(0.5)
                .learningRateDecay(0.3)
                .weightDecay(0.2)
                .epsilon(1e-6))
        .hasToString(
            "Adagrad[learningRate=0.1, epsilon=1.0E-6, weightDecay=0.2, learningRateDecay=0.3,"
                + " initialAccumulator=0.5]");
    assertThat(new Adadelta(0.1).rho(0.8).weightDecay(0.2).epsilon(1e-3))
        .hasToString("Adadelta[learningRate=0.1, rho=0.8, epsilon=0.001, weightDecay=0.2]");
    assertThat(new Lion(0.1).weightDecay(0.2).betas(0.8, 0.9))
        .hasToString("Lion[learningRate=0.1, beta1=0.8, beta2=0.9, weightDecay=0.2]");
  }

  static Stream<Arguments> refused() {
    String negative = ": must be a finite number and not negative, got ";
    String outside = ": must be in [0, 1), got ";
    String nesterov =
        "nesterov: needs momentum and no dampening, got momentum %s and dampening %s;"
            + " call momentum(0.9) before nesterov()";
    return Stream.of(
        refused("momentum" + negative + -0.5, () -> new Sgd(0.1).momentum(-0.5)),
        refused("dampening" + negative + -0.5, () -> new Sgd(0.1).dampening(-0.5)),
        refused("weightDecay" + negative + "NaN", () -> new Sgd(0.1).weightDecay(Double.NaN)),
        refused(nesterov.formatted(0.0, 0.0), () -> new Sgd(0.1).nesterov()),
        refused(
            nesterov.formatted(0.9, 0.5),
            () -> new Sgd(0.1).momentum(0.9).nesterov().dampening(0.5)),
        refused("beta1" + outside + 1.0, () -> new Adam(0.1).betas(1, 0.9)),
        refused("beta2" + outside + -0.1, () -> new Adam(0.1).betas(0.9, -0.1)),
        refused("epsilon" + negative + -1.0, () -> new Adam(0.1).epsilon(-1)),
        refused("weightDecay" + negative + -1.0, () -> new AdamW(0.1).weightDecay(-1)),
        refused("alpha" + outside + 1.0, () -> new RmsProp(0.1).alpha(1)),
        refused("epsilon" + negative + -1.0, () -> new RmsProp(0.1).epsilon(-1)),
        refused("momentum" + negative + -1.0, () -> new RmsProp(0.1).momentum(-1)),
        refused("weightDecay" + negative + -1.0, () -> new RmsProp(0.1).weightDecay(-1)),
        refused("beta2" + outside + 1.0, () -> new NAdam(0.1).betas(0.9, 1)),
        refused("momentumDecay" + negative + -1.0, () -> new NAdam(0.1).momentumDecay(-1)),
        refused("weightDecay" + negative + -1.0, () -> new NAdam(0.1).decoupledWeightDecay(-1)),
        refused("weightDecay" + negative + -1.0, () -> new RAdam(0.1).weightDecay(-1)),
        refused("epsilon" + negative + -1.0, () -> new RAdam(0.1).epsilon(-1)),
        refused("beta1" + outside + 1.0, () -> new Adamax(0.1).betas(1, 0.9)),
        refused("epsilon" + negative + -1.0, () -> new Adamax(0.1).epsilon(-1)),
        refused("learningRateDecay" + negative + -1.0, () -> new Adagrad().learningRateDecay(-1)),
        refused("initialAccumulator" + negative + -1.0, () -> new Adagrad().initialAccumulator(-1)),
        refused("rho" + outside + 1.0, () -> new Adadelta().rho(1)),
        refused("weightDecay" + negative + -1.0, () -> new Adadelta().weightDecay(-1)),
        refused("beta2" + outside + 1.0, () -> new Lion().betas(0.9, 1)),
        refused("weightDecay" + negative + -1.0, () -> new Lion().weightDecay(-1)));
  }

  private static Arguments refused(String message, ThrowingCallable setting) {
    return Arguments.of(message, setting);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refuses(String message, ThrowingCallable setting) {
    assertThatThrownBy(setting).isInstanceOf(ArgumentException.class).hasMessage(message);
  }
}
