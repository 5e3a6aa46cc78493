package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
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

class RecurrentCellsTest {
  private static final Pass PASS = Pass.inference();
  private static final List<String> NAMES = List.of("weight_ih", "weight_hh", "bias_ih", "bias_hh");
  private static final Tensor ROWS = Tensor.normal(new Philox(1), 0, 1, 4, 3);
  private static final Tensor SEQUENCE = Tensor.normal(new Philox(2), 0, 1, 4, 6, 3);
  private static final Tensor WRONG = Tensor.zeros(4, 2);

  @Nested
  class RnnCellContract extends LayerCase {
    RnnCellContract() {
      super(
          () -> new RnnCell(3, 2),
          ROWS,
          Shape.of(4, 2),
          NAMES,
          WRONG,
          "rnnCell: input must be [batch, 3], got [4, 2]");
    }
  }

  @Nested
  class LstmCellContract extends LayerCase {
    LstmCellContract() {
      super(
          () -> new LstmCell(3, 2),
          ROWS,
          Shape.of(4, 2),
          NAMES,
          WRONG,
          "lstmCell: input must be [batch, 3], got [4, 2]");
    }
  }

  @Nested
  class GruCellContract extends LayerCase {
    GruCellContract() {
      super(
          () -> new GruCell(3, 2),
          ROWS,
          Shape.of(4, 2),
          NAMES,
          WRONG,
          "gruCell: input must be [batch, 3], got [4, 2]");
    }
  }

  /** The weights of a whole layer for its cell. */
  private static <L extends Layer> L share(Layer layer, L cell) {
    for (String name : NAMES) {
      cell.namedParameters().get(name).set(layer.namedParameters().get(name + "_l0").value());
    }
    return cell;
  }

  private static void assertAgrees(Tensor sequence, List<Tensor> steps) {
    assertThat(Tensor.stack(1, steps).allClose(sequence, 1e-5, 1e-6)).isTrue();
  }

  @Test
  void rnnCellAgreesWithRnn() {
    for (Rnn.Nonlinearity nonlinearity : Rnn.Nonlinearity.values()) {
      var rnn = new Rnn(3, 5, nonlinearity, 1, false, 0).initialize(new Philox(3));
      var cell = share(rnn, new RnnCell(3, 5, nonlinearity));
      List<Tensor> outputs = new ArrayList<>();
      Tensor h = Tensor.zeros(4, 5);
      for (int t = 0; t < 6; t++) {
        h = cell.forward(SEQUENCE.select(1, t), h, PASS);
        outputs.add(h);
      }
      assertAgrees(rnn.predict(SEQUENCE), outputs);
    }
  }

  @Test
  void lstmCellAgreesWithLstm() {
    var lstm = new Lstm(3, 5).initialize(new Philox(3));
    var cell = share(lstm, new LstmCell(3, 5));
    List<Tensor> outputs = new ArrayList<>();
    var state = new LstmCell.State(Tensor.zeros(4, 5), Tensor.zeros(4, 5));
    for (int t = 0; t < 6; t++) {
      state = cell.forward(SEQUENCE.select(1, t), state, PASS);
      outputs.add(state.h());
    }
    var result = lstm.run(SEQUENCE, PASS);
    assertAgrees(result.sequence(), outputs);
    assertThat(result.state().c().select(0, 0).allClose(state.c(), 1e-5, 1e-6)).isTrue();
    assertThat(cell.predict(SEQUENCE.select(1, 0))).isEqualTo(outputs.getFirst());
  }

  @Test
  void gruCellAgreesWithGru() {
    var gru = new Gru(3, 5).initialize(new Philox(3));
    var cell = share(gru, new GruCell(3, 5));
    List<Tensor> outputs = new ArrayList<>();
    Tensor h = Tensor.zeros(4, 5);
    for (int t = 0; t < 6; t++) {
      h = cell.forward(SEQUENCE.select(1, t), h, PASS);
      outputs.add(h);
    }
    assertAgrees(gru.predict(SEQUENCE), outputs);
  }

  @Test
  void refusesWhatDoesNotFit() {
    var cell = new LstmCell(3, 2);
    var state = new LstmCell.State(Tensor.zeros(4, 2), Tensor.zeros(3, 2));
    var model = Sequential.of(cell);
    assertThat(model.children()).hasSize(1);
    assertThatThrownBy(() -> cell.forward(ROWS, state, PASS))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "at 0: lstmCell: the state must be [batch, hidden] = [4, 2] for the input [4, 3], got"
                + " [3, 2]");
    assertThatThrownBy(
            () -> new GruCell(3, 2).forward(ROWS, Tensor.zeros(4, 2).to(DType.FLOAT64), PASS))
        .isInstanceOf(DTypeException.class)
        .hasMessage("gruCell: the state must be FLOAT32 as the input is, got FLOAT64");
    assertThatThrownBy(() -> new RnnCell(3, 2).predict(Tensor.arange(3).reshape(1, 3)))
        .isInstanceOf(DTypeException.class)
        .hasMessageStartingWith("rnnCell: needs FLOAT32 or FLOAT64, got INT32 [1, 3]");
    assertThatThrownBy(() -> new RnnCell(0, 2))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("rnnCell: in must be at least 1, got 0");
    assertThat(cell).hasToString("LstmCell(3, 2)");
  }
}
