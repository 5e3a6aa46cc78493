package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.Sequential;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class CombinationLayersTest {
  private static final Pass PASS = Pass.inference();
  private static final Tensor ROWS = Tensor.normal(new Philox(1), 0, 1, 4, 3);

  @Nested
  class ResidualContract extends LayerCase {
    ResidualContract() {
      super(
          () -> new Residual(Sequential.of(new Dense(3, 5), new Tanh()), Dense.withoutBias(3, 5)),
          ROWS,
          Shape.of(4, 5),
          List.of("body.0.weight", "body.0.bias", "projection.weight"),
          Tensor.zeros(4, 2),
          "linear: last axis must be 3, input is [4, 2] (weight [5, 3])");
    }

    @Override
    public String wrongPlace() {
      return "body.0";
    }
  }

  @Nested
  class ConcatContract extends LayerCase {
    ConcatContract() {
      super(
          () -> new Concat(-1, new Dense(3, 5), new Tanh(), Dense.withoutBias(3, 1)),
          ROWS,
          Shape.of(4, 9),
          List.of("0.weight", "0.bias", "2.weight"),
          Tensor.zeros(4, 2),
          "linear: last axis must be 3, input is [4, 2] (weight [5, 3])");
    }

    @Override
    public String wrongPlace() {
      return "0";
    }
  }

  @Nested
  class BilinearContract extends LayerCase {
    BilinearContract() {
      super(
          () -> new Bilinear(3, 2, 5),
          ROWS,
          Shape.of(4, 5),
          List.of("weight", "bias"),
          Tensor.zeros(4, 4),
          "bilinear: the last axis of the first input must be 3, got [4, 4]");
    }

    @Override
    public Tensor run(Layer layer, Tensor input, Pass pass) {
      return ((Bilinear) layer).forward(input, input.slice(-1, 0, 2), pass);
    }
  }

  @Nested
  class MaskedAverageContract extends LayerCase {
    MaskedAverageContract() {
      super(
          MaskedAverage::new,
          Tensor.normal(new Philox(1), 0, 1, 4, 3, 2),
          Shape.of(4, 2),
          List.of(),
          Tensor.zeros(4, 2),
          "maskedAverage: input must be [batch, time, dim], got [4, 2]");
    }
  }

  @Test
  void residualAddsToItsInput() {
    assertThat(new Residual(new Relu()).predict(Tensor.of(new float[] {-1, 2}, 1, 2)))
        .isEqualTo(Tensor.of(new float[] {-1, 4}, 1, 2));
    assertThat(new Residual(new LeakyRelu(2), new Relu()).predict(Tensor.of(-1f, 2f)))
        .isEqualTo(Tensor.of(-2f, 4f));
    assertThatThrownBy(() -> new Residual(new Dense(3, 5)).predict(ROWS))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "residual: the body made [4, 5] of the input [4, 3]; give a projection to that shape");
    assertThatThrownBy(() -> new Residual(new Dense(3, 5), new Dense(3, 1)).predict(ROWS))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "residual: the body made [4, 5] of the input [4, 3], the projection [4, 1]; they must"
                + " agree");
  }

  @Test
  void concatJoinsBranches() {
    var layer = new Concat(1, new Relu(), new LeakyRelu(2));
    assertThat(layer.predict(Tensor.of(new float[] {-1, 2}, 1, 2)))
        .isEqualTo(Tensor.of(new float[] {0, 2, -2, 2}, 1, 4));
    assertThatThrownBy(() -> new Concat(1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("concat: needs at least one layer");
    assertThat(layer.toString()).startsWith("Concat(axis 1)(\n  0: Relu");
  }

  @Test
  void bilinearComputesItsFormula() {
    var bilinear = new Bilinear(2, 3, 2).initialize(new Philox(3));
    Tensor first = Tensor.normal(new Philox(4), 0, 1, 5, 4, 2);
    Tensor second = Tensor.normal(new Philox(5), 0, 1, 5, 4, 3);
    Tensor weight = bilinear.namedParameters().get("weight").value();
    Tensor bias = bilinear.namedParameters().get("bias").value();
    Tensor y = bilinear.forward(first, second, PASS);
    assertThat(y.shape()).isEqualTo(Shape.of(5, 4, 2));
    for (int out = 0; out < 2; out++) {
      double sum = bias.get(out);
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 3; j++) {
          sum += first.get(3, 1, i) * weight.get(out, i, j) * second.get(3, 1, j);
        }
      }
      assertThat(y.get(3, 1, out)).isCloseTo(sum, within(1e-5));
    }
    assertThat(Bilinear.withoutBias(2, 3, 2).namedParameters()).containsOnlyKeys("weight");
    assertThat(Bilinear.withoutBias(2, 3, 2)).hasToString("Bilinear(2, 3, 2, without bias)");
    assertThat(weight.abs().max().item()).isLessThanOrEqualTo(1 / Math.sqrt(2));
    assertThatThrownBy(() -> bilinear.forward(first, second.slice(0, 0, 2), PASS))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "bilinear: the inputs may differ in their last axis alone, got [5, 4, 2] and"
                + " [2, 4, 3]");
    assertThatThrownBy(() -> bilinear.forward(first, first, PASS))
        .isInstanceOf(ShapeException.class)
        .hasMessage("bilinear: the last axis of the second input must be 3, got [5, 4, 2]");
    assertThatThrownBy(() -> new Bilinear(2, 0, 1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("bilinear: in2 must be at least 1, got 0");
  }

  @Test
  void maskedAverageLeavesOutWhatDoesNotCount() {
    Tensor x =
        Tensor.of(new float[] {1, 2, 3, 4, Float.NaN, 6, 1, 1, 1, 1, 1, 1}, 2, 3, 2).withGradient();
    Tensor mask = Tensor.of(new boolean[] {true, true, false, false, false, false}, 2, 3);
    Tensor y = new MaskedAverage().forward(x, mask, PASS);
    assertThat(y).isEqualTo(Tensor.of(new float[] {2, 3, 0, 0}, 2, 2));
    assertThat(y.sum().backward().of(x))
        .isEqualTo(
            Tensor.of(new float[] {0.5f, 0.5f, 0.5f, 0.5f, 0, 0, 0, 0, 0, 0, 0, 0}, 2, 3, 2));
    Tensor finite = Tensor.normal(new Philox(1), 0, 1, 2, 3, 2).to(DType.FLOAT64);
    assertThat(new MaskedAverage().predict(finite).allClose(finite.mean(1), 1e-12, 1e-12)).isTrue();
    assertThatThrownBy(() -> new MaskedAverage().forward(x, mask.to(DType.FLOAT32), PASS))
        .isInstanceOf(DTypeException.class)
        .hasMessage("maskedAverage: the mask must be BOOL (true = counts), got FLOAT32 [2, 3]");
    assertThatThrownBy(() -> new MaskedAverage().forward(x, mask.transpose(), PASS))
        .isInstanceOf(ShapeException.class)
        .hasMessage("maskedAverage: the mask must be [batch, time] = [2, 3], got [3, 2]");
  }
}
