package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.nn.Layer;
import org.lawu.nn.initializer.Constant;
import org.lawu.nn.initializer.Zeros;
import org.lawu.random.Philox;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class DenseTest implements LayerContract {

  @Override
  public Layer create() {
    return new Dense(3, 2);
  }

  @Override
  public Tensor input() {
    return Tensor.normal(new Philox(1), 0, 1, 4, 5, 3);
  }

  @Override
  public Shape outputShape() {
    return Shape.of(4, 5, 2);
  }

  @Override
  public List<String> stateNames() {
    return List.of("weight", "bias");
  }

  @Override
  public Tensor wrongInput() {
    return Tensor.zeros(4, 512);
  }

  @Override
  public String wrongMessage() {
    return "linear: last axis must be 3, input is [4, 512] (weight [2, 3])";
  }

  @Test
  void computesAnAffineMap() {
    var dense = new Dense(3, 2);
    dense.namedParameters().get("weight").set(Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
    dense.namedParameters().get("bias").set(Tensor.of(10f, 20f));
    assertThat(dense.predict(Tensor.of(new float[] {1, 0, -1}, 1, 3)))
        .isEqualTo(Tensor.of(new float[] {8, 18}, 1, 2));
  }

  @Test
  void doesWithoutBias() {
    var dense = Dense.withoutBias(3, 2);
    assertThat(dense.namedParameters()).containsOnlyKeys("weight");
    assertThat(dense.predict(Tensor.zeros(1, 3))).isEqualTo(Tensor.zeros(1, 2));
    assertThat(dense).hasToString("Dense(3, 2, without bias)");
  }

  @Test
  void startsWithinPyTorchsBound() {
    var dense = new Dense(100, 400).initialize(new Philox(5));
    for (Parameter parameter : dense.parameters()) {
      assertThat(parameter.value().abs().max().item()).isBetween(0.099, 0.1);
      assertThat(parameter.value().mean().item()).isBetween(-0.01, 0.01);
    }
  }

  @Test
  void takesInitializers() {
    var dense = new Dense(3, 2, new Constant(2), new Zeros());
    assertThat(dense.predict(Tensor.ones(1, 3))).isEqualTo(Tensor.of(new float[] {6, 6}, 1, 2));
  }

  @Test
  void drawsAnotherModelEachTime() {
    assertThat(new Dense(3, 2).parameters().getFirst().value())
        .isNotEqualTo(new Dense(3, 2).parameters().getFirst().value());
  }

  @Test
  void refusesSizesBelowOne() {
    assertThatThrownBy(() -> new Dense(0, 3))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("dense: in must be at least 1, got 0");
    assertThatThrownBy(() -> Dense.withoutBias(3, -1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("dense: out must be at least 1, got -1");
  }
}
