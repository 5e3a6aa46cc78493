package org.lawu.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lawu.io.Safetensors;
import org.lawu.tensor.Parameter;

/** PyTorch's parameters after each of twelve steps. */
class ReferenceCasesTest {

  static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of("sgd", new Sgd(0.05)),
        Arguments.of("sgd-momentum", new Sgd(0.05).momentum(0.9)),
        Arguments.of(
            "sgd-nesterov-decay", new Sgd(0.05).momentum(0.8).nesterov().weightDecay(0.01)),
        Arguments.of("adam", new Adam(0.05)),
        Arguments.of("adam-decay-amsgrad", new Adam(0.05).weightDecay(0.02).amsgrad()),
        Arguments.of("adamw", new AdamW(0.05).betas(0.85, 0.99).weightDecay(0.05)),
        Arguments.of("rmsprop", new RmsProp(0.05)),
        Arguments.of(
            "rmsprop-centered-momentum", new RmsProp(0.05).alpha(0.9).momentum(0.7).centered()),
        Arguments.of("nadam", new NAdam(0.05).repeatingMomentum()),
        Arguments.of("radam", new RAdam(0.05)),
        Arguments.of("adamax", new Adamax(0.05)),
        Arguments.of("adagrad", new Adagrad(0.05)),
        Arguments.of("adadelta", new Adadelta()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void agrees(String name, Optimizer optimizer) throws Exception {
    var resource = getClass().getResource("/golden/optim-" + name + ".safetensors");
    assertThat(resource).isNotNull();
    var tensors = Safetensors.read(Path.of(resource.toURI())).tensors();
    var parameter = new Parameter("weight", tensors.get("param.0"));
    for (int step = 0; step < 12; step++) {
      optimizer.step(Slopes.of(parameter, tensors.get("grad." + step)));
      double[] actual = parameter.value().toDoubleArray();
      double[] expected = tensors.get("value." + step).toDoubleArray();
      for (int i = 0; i < expected.length; i++) {
        double tolerance = 1e-6 * Math.max(1, Math.abs(expected[i]));
        assertThat(Math.abs(actual[i] - expected[i]))
            .as("step %d, element %d: %s against %s", step, i, actual[i], expected[i])
            .isLessThanOrEqualTo(tolerance);
      }
    }
  }
}
