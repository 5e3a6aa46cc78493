package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class GruTest implements LayerContract {

  @Override
  public Layer create() {
    return new Gru(3, 2, 2, true, 0.1);
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
    return "gru: input must be [batch, time, 3], got [4, 5, 7]";
  }

  @Test
  void goesOnFromAState() {
    var layer = new Gru(3, 2).initialize(new Philox(3));
    var whole = layer.run(input(), Pass.inference());
    var first = layer.run(input().slice(1, 0, 2), Pass.inference());
    var second = layer.run(input().slice(1, 2, 5), first.state(), Pass.inference());
    Tensor joined = Tensor.concat(1, first.sequence(), second.sequence());
    assertThat(joined.allClose(whole.sequence(), 1e-6, 1e-6)).isTrue();
    assertThat(second.state().allClose(whole.state(), 1e-6, 1e-6)).isTrue();
  }

  @Test
  void refusesWhatDoesNotFit() {
    var layer = new Gru(3, 2);
    assertThatThrownBy(() -> layer.run(input(), Tensor.zeros(2, 4, 2), Pass.inference()))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "gru: the state must be [layers * directions, batch, hidden] = [1, 4, 2] for the"
                + " input [4, 5, 3], got [2, 4, 2]");
    assertThatThrownBy(() -> new Gru(0, 2))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("gru: in must be at least 1, got 0");
  }
}
