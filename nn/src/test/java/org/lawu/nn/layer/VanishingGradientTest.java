package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/** What fades over many steps becomes 0, not subnormal numbers, which are slow. */
class VanishingGradientTest {
  private static final int STEPS = 500;

  static Stream<Layer> layers() {
    return Stream.of(
        new Rnn(3, 19),
        new Rnn(3, 19, Rnn.Nonlinearity.RELU, 1, false, 0),
        new Gru(3, 19),
        new Lstm(3, 19));
  }

  private static Layer fading(Layer layer) {
    layer.initialize(new Philox(1));
    // Small weights; an open update gate or a shut forget gate would not fade.
    layer.parameters().forEach(parameter -> parameter.set(parameter.value().mul(0.3)));
    return layer;
  }

  private static void hasNoSubnormals(Tensor x) {
    for (float value : x.toFloatArray()) {
      assertThat(value == 0 || Math.abs(value) >= Float.MIN_NORMAL).as("%s", value).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void gradientsFadeToZero(Layer layer) {
    Tensor x = Tensor.normal(new Philox(2), 0, 1, 4, STEPS, 3).withGradient();
    Tensor y = fading(layer).forward(x, Pass.training(new Philox(3)));
    var gradients = y.select(1, STEPS - 1).sum().backward();
    hasNoSubnormals(gradients.of(x));
    assertThat(gradients.of(x).select(1, 0)).isEqualTo(Tensor.zeros(4, 3));
    assertThat(gradients.of(x).select(1, STEPS - 1)).isNotEqualTo(Tensor.zeros(4, 3));
    layer.parameters().forEach(parameter -> hasNoSubnormals(gradients.of(parameter)));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void statesFadeToZero(Layer layer) {
    fading(layer);
    layer
        .namedParameters()
        .forEach((name, parameter) -> {
          if (name.startsWith("bias")) {
            parameter.set(Tensor.zeros(parameter.shape(), parameter.value().dtype()));
          }
        });
    Tensor impulse = Tensor.ones(4, 1, 3);
    Tensor x = Tensor.concat(1, impulse, Tensor.zeros(4, STEPS - 1, 3));
    Tensor y = layer.predict(x);
    hasNoSubnormals(y);
    assertThat(y.select(1, STEPS - 1)).isEqualTo(Tensor.zeros(4, 19));
  }
}
