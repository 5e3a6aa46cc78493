package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.Sequential;
import org.lawu.nn.initializer.Zeros;
import org.lawu.random.Philox;
import org.lawu.tensor.Gradients;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class CheckpointLayerTest extends LayerCase {

  CheckpointLayerTest() {
    super(
        () -> new Checkpoint(Sequential.of(new Dense(3, 2), new Dropout(0.3))),
        Tensor.normal(new Philox(1), 0, 1, 4, 3),
        Shape.of(4, 2),
        List.of("0.weight", "0.bias"),
        Tensor.zeros(4, 5),
        "linear: last axis must be 3, input is [4, 5] (weight [2, 3])");
  }

  @Override
  public String wrongPlace() {
    return "0";
  }

  private static Sequential model(UnaryOperator<Layer> around) {
    List<Layer> layers = new ArrayList<>();
    layers.add(new Dense(6, 8));
    for (int i = 0; i < 4; i++) {
      layers.add(
          around.apply(
              Sequential.of(new Dense(8, 8), new BatchNorm1d(8), new Gelu(), new Dropout(0.4))));
    }
    layers.add(around.apply(new GaussianNoise(0.1)));
    layers.add(new Dense(8, 3));
    return Sequential.of(layers).initialize(new Philox(5));
  }

  @Test
  void trainsToTheSameBitsWithRandomnessAndStateInside() {
    Sequential plain = model(layer -> layer);
    Sequential kept = model(Checkpoint::new);
    assertThat(kept.namedParameters().keySet()).isEqualTo(plain.namedParameters().keySet());
    var random = new Philox(6);
    var sameRandom = new Philox(6);
    Tensor input = Tensor.normal(new Philox(7), 0, 1, 10, 6);
    for (int step = 0; step < 3; step++) {
      Tensor expected = plain.forward(input, Pass.training(random)).square().mean();
      Tensor loss = kept.forward(input, Pass.training(sameRandom)).square().mean();
      assertThat(loss).isEqualTo(expected);
      assertThat(sameRandom.state()).isEqualTo(random.state());
      descend(plain, expected.backward());
      descend(kept, loss.backward());
      assertThat(sameRandom.state()).isEqualTo(random.state());
      plain
          .namedParameters()
          .forEach((name, parameter) ->
              assertThat(kept.namedParameters().get(name).value())
                  .as(name)
                  .isEqualTo(parameter.value()));
    }
    assertThat(kept.namedParameters().get("1.1.num_batches_tracked").value().item()).isEqualTo(3);
    assertThat(kept.predict(input)).isEqualTo(plain.predict(input));
  }

  private static void descend(Layer model, Gradients gradients) {
    assertThat(gradients.parameters()).hasSize(model.parameters().size());
    gradients
        .parameters()
        .forEach(parameter ->
            parameter.update(
                gradients.of(parameter),
                (value, gradient, from, to) -> {
                  for (int i = from; i < to; i++) {
                    value[i] -= 0.1f * gradient[i];
                  }
                }));
  }

  @Test
  void aLayerOfSeveralInputsUsesThePass() {
    var layer = new TransformerEncoderLayer(4, 2, 6).initialize(new Philox(1));
    Tensor x = Tensor.normal(new Philox(2), 0, 1, 3, 5, 4).withGradient();
    var mask = AttentionMask.causal();
    Tensor plain = layer.forward(x, mask, Pass.training(new Philox(3))).square().sum();
    Tensor kept =
        Pass.training(new Philox(3))
            .checkpoint((in, pass) -> layer.forward(in.getFirst(), mask, pass), x)
            .square()
            .sum();
    assertThat(kept).isEqualTo(plain);
    assertThat(kept.backward().of(x)).isEqualTo(plain.backward().of(x));
  }

  @Test
  void messagesAndTablesLeaveItOut() {
    var model = Sequential.of(new Relu(), new Checkpoint(new Dense(3, 2)));
    assertThatThrownBy(() -> model.predict(Tensor.zeros(1, 4)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("at 1: linear: last axis must be 3");
    assertThatThrownBy(() -> new Checkpoint(new Dense(3, 2)).predict(Tensor.zeros(1, 4)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("linear: last axis must be 3");
    assertThat(model.summary(3)).contains("1     Dense(3, 2)  [1, 2]           8\n");
    assertThat(new Checkpoint(new Dense(3, 2))).hasToString("Checkpoint(\n  Dense(3, 2)\n)");
  }

  /** Wraps, and registers something else. */
  private static final class Greedy extends Layer {
    Greedy(boolean first) {
      if (first) {
        parameter("weight", Shape.of(1), new Zeros());
      }
      wrapped(new Dense(3, 2));
      parameter("weight", Shape.of(1), new Zeros());
    }
  }

  @Test
  void aWrappingLayerHasNothingElse() {
    assertThatThrownBy(() -> new Greedy(true))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "wrapped: this Greedy has parts already, or is one; wrap a layer first, and nothing"
                + " else");
    assertThatThrownBy(() -> new Greedy(false))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("parameter: this Greedy wraps a layer, and so has no weight of its own");
  }
}
