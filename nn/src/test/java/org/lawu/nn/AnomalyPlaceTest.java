package org.lawu.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lawu.error.AnomalyException;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Relu;
import org.lawu.tensor.Autograd;
import org.lawu.tensor.Tensor;

class AnomalyPlaceTest {

  /** Divides by the norm, which goes wrong for zeros. */
  private static final class Unit extends Layer {
    @Override
    protected Tensor compute(Tensor input, Pass pass) {
      return input.div(input.square().sum(new int[] {-1}, true).sqrt());
    }
  }

  /** Has a value and no slope at 0. */
  private static final class Root extends Layer {
    @Override
    protected Tensor compute(Tensor input, Pass pass) {
      return input.sqrt();
    }
  }

  private static Sequential model(Layer inner) {
    return Sequential.of(new Relu(), Sequential.of(new Dense(3, 3), new Relu(), inner));
  }

  private static void zero(Layer model) {
    model
        .parameters()
        .forEach(parameter -> parameter.set(Tensor.zeros(parameter.shape(), parameter.dtype())));
  }

  @Test
  void aForwardPassNamesOperationAndLayer() {
    Sequential model = model(new Unit());
    zero(model);
    assertThatThrownBy(() -> Autograd.detectAnomaly(() -> model.predict(Tensor.ones(2, 3))))
        .isInstanceOf(AnomalyException.class)
        .hasMessage("at 1.2: anomaly: NaN first appeared in the output of div [2, 3]");
    assertThat(model.predict(Tensor.ones(2, 3)).sum().item()).isNaN();
  }

  @Test
  void aBackwardPassNamesOperationAndLayer() {
    Sequential model = model(new Root());
    zero(model);
    assertThatThrownBy(() ->
            Autograd.detectAnomaly(
                () -> model.forward(Tensor.ones(2, 3), Pass.inference()).sum().backward()))
        .isInstanceOf(AnomalyException.class)
        .hasMessage(
            "at 1.2: anomaly: in the gradient of sqrt: infinity first appeared in the output of"
                + " div [2, 3]");
  }
}
