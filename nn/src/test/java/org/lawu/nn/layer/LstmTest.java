package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class LstmTest implements LayerContract {

  @Override
  public Layer create() {
    return new Lstm(3, 2, 2, true, 0.1);
  }

  @Override
  public Tensor input() {
    return Tensor.normal(new Philox(1), 0, 1, 4, 5, 3);
  }

  @Override
  public Shape outputShape() {
    return Shape.of(4, 5, 4);
  }

  @Override
  public List<String> stateNames() {
    return List.of(
        "weight_ih_l0",
        "weight_hh_l0",
        "bias_ih_l0",
        "bias_hh_l0",
        "weight_ih_l0_reverse",
        "weight_hh_l0_reverse",
        "bias_ih_l0_reverse",
        "bias_hh_l0_reverse",
        "weight_ih_l1",
        "weight_hh_l1",
        "bias_ih_l1",
        "bias_hh_l1",
        "weight_ih_l1_reverse",
        "weight_hh_l1_reverse",
        "bias_ih_l1_reverse",
        "bias_hh_l1_reverse");
  }

  @Override
  public Tensor wrongInput() {
    return Tensor.zeros(4, 5, 7);
  }

  @Override
  public String wrongMessage() {
    return "lstm: input must be [batch, time, 3], got [4, 5, 7]";
  }

  @Test
  void goesOnFromAState() {
    var lstm = new Lstm(3, 2, 2, false, 0).initialize(new Philox(3));
    var whole = lstm.run(input(), Pass.inference());
    var first = lstm.run(input().slice(1, 0, 2), Pass.inference());
    var second = lstm.run(input().slice(1, 2, 5), first.state(), Pass.inference());
    Tensor joined = Tensor.concat(1, first.sequence(), second.sequence());
    assertThat(joined.allClose(whole.sequence(), 1e-6, 1e-6)).isTrue();
    assertThat(second.state().h().allClose(whole.state().h(), 1e-6, 1e-6)).isTrue();
    assertThat(second.state().c().allClose(whole.state().c(), 1e-6, 1e-6)).isTrue();
    assertThat(whole.state().c().shape()).isEqualTo(Shape.of(2, 4, 2));
    assertThat(whole.state().h().select(0, 1)).isEqualTo(whole.sequence().select(1, -1));
  }

  /** With all weights 0 and one bias, the gates are known. */
  @Test
  void computesItsFormula() {
    var lstm = new Lstm(1, 1);
    lstm.parameters()
        .forEach(
            parameter -> parameter.set(Tensor.zeros(parameter.shape(), parameter.value().dtype())));
    lstm.namedParameters().get("bias_ih_l0").set(Tensor.of(1f, 2f, 3f, 4f));
    var result = lstm.run(Tensor.zeros(1, 2, 1), Pass.inference());
    double i = 1 / (1 + Math.exp(-1));
    double f = 1 / (1 + Math.exp(-2));
    double g = Math.tanh(3);
    double o = 1 / (1 + Math.exp(-4));
    double c = f * (i * g) + i * g;
    assertThat(result.state().c().item()).isCloseTo(c, within(1e-6));
    assertThat(result.sequence().get(0, 1, 0)).isCloseTo(o * Math.tanh(c), within(1e-6));
  }

  @Test
  void dropsBetweenLayersWhileTrainingOnly() {
    var lstm = new Lstm(3, 8, 2, false, 0.5).initialize(new Philox(3));
    assertThat(lstm.forward(input(), Pass.training(new Philox(1))))
        .isNotEqualTo(lstm.forward(input(), Pass.training(new Philox(2))));
    assertThat(lstm.predict(input())).isEqualTo(lstm.predict(input()));
    var single = new Lstm(3, 8, 1, false, 0.5);
    assertThat(single.forward(input(), Pass.training(new Philox(1))))
        .isEqualTo(single.predict(input()));
  }

  @Test
  void refusesWhatDoesNotFit() {
    var lstm = new Lstm(3, 2);
    var state = new Lstm.State(Tensor.zeros(1, 4, 2), Tensor.zeros(1, 3, 2));
    assertThatThrownBy(() -> lstm.run(input(), state, Pass.inference()))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "lstm: the state must be [layers * directions, batch, hidden] = [1, 4, 2] for the"
                + " input [4, 5, 3], got [1, 3, 2]");
    assertThatThrownBy(() -> lstm.predict(Tensor.zeros(4, 0, 3)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("lstm: needs at least one time step, got [4, 0, 3]");
    assertThatThrownBy(() -> new Lstm(3, 0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("lstm: hidden must be at least 1, got 0");
    assertThat(lstm).hasToString("Lstm(3, 2)");
    assertThat(create()).hasToString("Lstm(3, 2, layers 2, bidirectional, dropout 0.1)");
  }
}
