package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lawu.error.ArgumentException;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class DropoutTest {

  @Nested
  class Contract implements LayerContract {
    @Override
    public Layer create() {
      return new Dropout(0.4);
    }

    @Override
    public Tensor input() {
      return Tensor.normal(new Philox(1), 0, 1, 4, 6);
    }

    @Override
    public Shape outputShape() {
      return Shape.of(4, 6);
    }

    @Override
    public List<String> stateNames() {
      return List.of();
    }

    @Override
    public Tensor wrongInput() {
      return Tensor.arange(3);
    }

    @Override
    public String wrongMessage() {
      return "dropout: needs FLOAT32 or FLOAT64, got INT32 [3]; convert with .to(DType.FLOAT32)";
    }
  }

  @Test
  void isTheIdentityInInference() {
    Tensor input = Tensor.ones(3, 3);
    assertThat(new Dropout(0.5).predict(input)).isSameAs(input);
  }

  @Test
  void dropsTheRateAndScalesTheRest() {
    Tensor output = new Dropout(0.2).forward(Tensor.ones(100, 100), Pass.training(new Philox(9)));
    double dropped = output.equal(0).to(DType.FLOAT32).mean().item();
    assertThat(dropped).isBetween(0.18, 0.22);
    assertThat(output.equal(0).or(output.equal(1.25f)).to(DType.FLOAT32).sum().item())
        .isEqualTo(10_000);
    assertThat(output.mean().item()).isBetween(0.97, 1.03);
  }

  @Test
  void drawsAnotherMaskEachTime() {
    Pass pass = Pass.training(new Philox(9));
    var dropout = new Dropout(0.5);
    Tensor input = Tensor.ones(10, 10);
    assertThat(dropout.forward(input, pass)).isNotEqualTo(dropout.forward(input, pass));
  }

  @Test
  void passesTheGradientThroughTheMask() {
    Tensor input = Tensor.ones(10, 10).withGradient();
    Tensor output = new Dropout(0.5).forward(input, Pass.training(new Philox(9)));
    assertThat(output.sum().backward().of(input)).isEqualTo(output.detach());
  }

  @Test
  void keepsDoubles() {
    Tensor input = Tensor.of(1.0, 2.0);
    Tensor output = new Dropout(0.5).forward(input, Pass.training(new Philox(9)));
    assertThat(output.dtype()).isEqualTo(DType.FLOAT64);
  }

  @Test
  void drawsNothingAtRateZero() {
    var random = new Philox(9);
    Tensor input = Tensor.ones(2);
    assertThat(new Dropout(0).forward(input, Pass.training(random))).isSameAs(input);
    assertThat(random.state()).isEqualTo(new Philox(9).state());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN})
  void refusesOtherRates(double rate) {
    assertThatThrownBy(() -> new Dropout(rate))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "dropout: the rate must be at least 0 and below 1, got "
                + rate
                + "; it is the share to drop");
  }
}
